using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Revocation;

/// <summary>A store that fails half way through a revocation.</summary>
public sealed class RevocationFaultTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TroubledLedger Ledger => (TroubledLedger)_host.Get<ITokenLedger>();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(configure: TroubledLedger.Insert);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Revocation_that_is_written_is_enforced_though_the_row_could_not_be_read()
    {
        var issued = await _host.IssueAsync();
        Assert.Null(await _host.CodeAsync(issued.Token));

        Ledger.IsUnreadable = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RevokeAsync(issued.TokenId));
        Ledger.IsUnreadable = false;

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Validation_without_an_answer_in_memory_throws_instead_of_accepting()
    {
        var issued = await _host.IssueAsync();
        await _host.ReopenAsync();

        Ledger.IsUnreadable = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _host.CodeAsync(issued.Token));

        Ledger.IsUnreadable = false;
        Assert.Null(await _host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Validation_goes_on_from_memory_while_the_store_is_away()
    {
        var (issued, revoked) = (await _host.IssueAsync(), await _host.IssueAsync());
        await RevokeAsync(revoked.TokenId);

        Ledger.IsUnreadable = true;

        Assert.Null(await _host.CodeAsync(issued.Token));
        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(revoked.Token));
    }

    private Task<TokenRevocationOutcome> RevokeAsync(string tokenId) => _host.Get<TokenRevocations>().RevokeAsync(
        tokenId, "why", TokenBuilder.Somebody, RequestOrigin.None, Stop);
}
