using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Revocation;

public sealed class TokenRevocationsTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private TokenRevocations Revocations => _host.Get<TokenRevocations>();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Revoke_token_is_enforced_at_once_and_after_a_restart()
    {
        var (issued, other) = (await _host.IssueAsync(), await _host.IssueAsync());
        Assert.Null(await _host.CodeAsync(issued.Token));

        Assert.IsType<TokenRevocationOutcome.Revoked>(await RevokeAsync(issued.TokenId));

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token));
        Assert.Null(await _host.CodeAsync(other.Token));
        await _host.ReopenAsync();
        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token));
        Assert.Null(await _host.CodeAsync(other.Token));
    }

    [Fact]
    public async Task Revoke_twice_says_so_and_changes_nothing()
    {
        var issued = await _host.IssueAsync();
        var first = Assert.IsType<TokenRevocationOutcome.Revoked>(await RevokeAsync(issued.TokenId));
        _host.Clock.Advance(TimeSpan.FromMinutes(1));

        var second = Assert.IsType<TokenRevocationOutcome.Already>(
            await Revocations.RevokeAsync(issued.TokenId, "again", Actor.OfCommand("mallory"), RequestOrigin.None, Stop));

        Assert.Equal(first.Stamp, second.Stamp);
        Assert.Equal(first.Stamp, (await _host.RowAsync(issued.TokenId)).Revoked);
        Assert.IsType<TokenRevocationOutcome.Unknown>(await RevokeAsync("never-issued"));
    }

    [Fact]
    public async Task Revoked_token_stays_refused_within_its_skew_after_a_restart()
    {
        var issued = await _host.IssueAsync();
        await RevokeAsync(issued.TokenId);
        _host.Clock.Advance(issued.Lifetime + TimeSpan.FromSeconds(29));

        await _host.ReopenAsync();

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Revoke_is_by_id_so_that_another_signature_over_the_same_claims_is_revoked_too()
    {
        var issued = await _host.IssueAsync();
        var signature = System.Buffers.Text.Base64Url.DecodeFromChars(ForgedToken.SignatureOf(issued.Token));
        var order = new System.Numerics.BigInteger(
            Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), true, true);
        var twinS = (order - new System.Numerics.BigInteger(signature.AsSpan(32), true, true)).ToByteArray(true, true);
        var twin = ForgedToken.WithSignature(
            issued.Token, [.. signature[..32], .. new byte[32 - twinS.Length], .. twinS]);
        Assert.Null(await _host.CodeAsync(twin));

        await RevokeAsync(issued.TokenId);

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(twin));
    }

    [Theory]
    [InlineData(RevocationScope.Subject, "user-1")]
    [InlineData(RevocationScope.Client, "client-1")]
    [InlineData(RevocationScope.Key, "")]
    [InlineData(RevocationScope.All, "")]
    public async Task Cut_off_covers_what_was_issued_until_then_and_nothing_later(RevocationScope scope, string value)
    {
        var covered = await _host.IssueAsync();
        var other = await _host.IssueAsync(TokenBuilder.Request() with { Subject = "user-2", Client = "client-2" });
        var key = _host.Get<KeyRing>().Current.KeyId;

        await CutOffAsync(scope, scope is RevocationScope.Key ? key : value);
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var later = await _host.IssueAsync();

        foreach (var restarts in (bool[])[false, true])
        {
            if (restarts)
            {
                await _host.ReopenAsync();
            }

            Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(covered.Token));
            Assert.Equal(
                scope is RevocationScope.All or RevocationScope.Key ? "TOKEN_REVOKED" : null, await _host.CodeAsync(other.Token));
            Assert.Null(await _host.CodeAsync(later.Token));
        }
    }

    [Fact]
    public async Task Cut_off_of_a_session_shows_in_the_row_before_the_worker_wrote_it()
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request() with { Session = "s-1" });

        await Revocations.RevokeSessionAsync("s-1", TokenBuilder.Somebody, "logged out", Stop);

        Assert.Equal("logged out", (await _host.RowAsync(issued.TokenId)).Revoked?.Reason);
        Assert.Null((await _host.Get<ITokenLedger>().FindAsync(issued.TokenId, Stop))!.Revoked);
    }

    [Fact]
    public async Task Cut_off_before_a_time_spares_what_was_issued_after_it()
    {
        var early = await _host.IssueAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var limit = _host.Clock.GetUtcNow();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = await _host.IssueAsync();

        await Revocations.CutOffAsync(RevocationScope.Subject, "user-1", limit, "why", TokenBuilder.Somebody, Stop);

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(early.Token));
        Assert.Null(await _host.CodeAsync(late.Token));
    }

    [Fact]
    public async Task Cut_off_in_the_future_reaches_no_further_than_now()
    {
        await Revocations.CutOffAsync(
            RevocationScope.All, "", _host.Clock.GetUtcNow().AddYears(10), "why", TokenBuilder.Somebody, Stop);
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await _host.CodeAsync((await _host.IssueAsync()).Token));
    }

    [Fact]
    public async Task Earlier_cut_off_added_later_weakens_nothing()
    {
        var issued = await _host.IssueAsync();
        await CutOffAsync(RevocationScope.Subject, "user-1");

        await Revocations.CutOffAsync(
            RevocationScope.Subject, "user-1", issued.ExpiresAt.AddYears(-1), "why", TokenBuilder.Somebody, Stop);

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token));
        await _host.ReopenAsync();
        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token));
    }

    [Fact]
    public async Task Cancelled_cut_off_stays_in_force()
    {
        var issued = await _host.IssueAsync();
        var cutOff = await CutOffAsync(RevocationScope.Subject, "user-1");

        Assert.True(await Revocations.CancelAsync(cutOff.Id, TokenBuilder.Somebody, Stop));

        await _host.ReopenAsync();
        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token));
    }

    [Theory]
    [InlineData(RevocationScope.Token)]
    [InlineData(RevocationScope.Filter)]
    public async Task Cut_off_of_what_is_none_throws(RevocationScope scope) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => CutOffAsync(scope, "x"));

    [Fact]
    public async Task Revocations_are_audited_with_who_and_why()
    {
        var issued = await _host.IssueAsync();
        await RevokeAsync(issued.TokenId);
        await CutOffAsync(RevocationScope.Client, "client-1");
        await Revocations.RevokeMatchingAsync(new LedgerFilter { Scope = "admin" }, "why", TokenBuilder.Somebody, Stop);

        var entries = (await _host.Get<AuditLog>().ListAsync(new AuditFilter(TokenBuilder.Somebody.Name), null, 10, Stop)).Items;

        Assert.Equal(["tokens.revoked_by_filter", "tokens.cut_off", "token.revoked"], entries.Select(entry => entry.Entry.Action));
        Assert.All(entries, entry => Assert.Equal("why", entry.Entry.Reason));
        Assert.Equal(["client-1", issued.TokenId], entries.Skip(1).Select(entry => entry.Entry.ObjectId));
    }

    private Task<TokenRevocationOutcome> RevokeAsync(string tokenId) =>
        Revocations.RevokeAsync(tokenId, "why", TokenBuilder.Somebody, RequestOrigin.None, Stop);

    private Task<TokenRevocation> CutOffAsync(RevocationScope scope, string value) =>
        Revocations.CutOffAsync(scope, value, null, "why", TokenBuilder.Somebody, Stop);
}
