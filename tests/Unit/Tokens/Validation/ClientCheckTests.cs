using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>A token is good only while its client may act; names that nobody registered say nothing.</summary>
public sealed class ClientCheckTests : IAsyncLifetime
{
    private static readonly AuditEntry Entry = new(Actor.Signet, "client.created", "client", "test");

    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private IClientStore Store => _host.Get<IClientStore>();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_client_that_may_act_and_one_that_was_never_registered_pass()
    {
        Assert.True(await Store.AddAsync(ClientBuilder.Client("known"), Entry, Stop));

        Assert.Null(await _host.CodeAsync(await IssueAsync("known")));
        Assert.Null(await _host.CodeAsync(await IssueAsync("never registered")));
        Assert.Null(await _host.CodeAsync(await IssueAsync(null)));
    }

    [Theory]
    [InlineData(ClientState.Pending, null, "CLIENT_DISABLED", "waits for approval")]
    [InlineData(ClientState.Disabled, null, "CLIENT_DISABLED", "is disabled")]
    [InlineData(ClientState.Enabled, ClientEndReason.Deleted, "CLIENT_DISABLED", "was deleted at 2030-01-01T12:00:00Z")]
    [InlineData(ClientState.Enabled, ClientEndReason.Unused, "CLIENT_DISABLED", "was deleted at 2030-01-01T12:00:00Z")]
    [InlineData(ClientState.Enabled, ClientEndReason.Expired, "CLIENT_EXPIRED", "ended at 2030-01-01T12:00:00Z")]
    public async Task A_client_that_may_not_act_is_refused_with_the_reason(
        ClientState state, ClientEndReason? end, string code, string detail)
    {
        var ending = end is { } reason ? new ClientEnding(reason, LedgerRows.Start, "alice") : null;
        Assert.True(await Store.AddAsync(ClientBuilder.Client() with { State = state, Ended = ending }, Entry, Stop));
        var token = await IssueAsync("client-1");

        var refused = Assert.IsType<TokenVerdict.Refused>(await _host.ValidateAsync(token));
        var report = await _host.Get<TokenReporter>().ReportAsync(token, new ValidationContext(), Stop);

        Assert.Equal(code, refused.Reason.Code);
        Assert.Contains(detail, refused.Detail, StringComparison.Ordinal);
        Assert.Equal((code, "subject"), (report.Code, report.Checks.First(check => check.Code is not null).Name));
        Assert.Contains("administrator", report.NextStep, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expiry_is_from_its_moment_on_and_forgiven_by_a_renewal()
    {
        Assert.True(await Store.AddAsync(
            ClientBuilder.Client() with { ExpiresAt = _host.Clock.GetUtcNow().AddMinutes(1) }, Entry, Stop));
        var token = await IssueAsync("client-1");

        _host.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        Assert.Null(await _host.CodeAsync(token));
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("CLIENT_EXPIRED", await _host.CodeAsync(token));

        await _host.Get<ClientAdministration>().RenewAsync("client-1", null, "needed", Actor.OfCommand("root"), Stop);
        Assert.Null(await _host.CodeAsync(token));
    }

    [Fact]
    public async Task Disabling_takes_effect_at_once_and_enabling_gives_everything_back()
    {
        Assert.True(await Store.AddAsync(ClientBuilder.Client(), Entry, Stop));
        var token = await IssueAsync("client-1");
        Assert.Null(await _host.CodeAsync(token));

        await _host.Get<ClientAdministration>().SetEnabledAsync("client-1", false, "abuse", Actor.OfCommand("root"), Stop);
        Assert.Equal("CLIENT_DISABLED", await _host.CodeAsync(token));

        await _host.Get<ClientAdministration>().SetEnabledAsync("client-1", true, "over", Actor.OfCommand("root"), Stop);
        Assert.Null(await _host.CodeAsync(token));
    }

    [Fact]
    public async Task Memory_answers_for_a_client_that_was_looked_up()
    {
        // Without other nodes: what they tell would have it looked up again.
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        Assert.True(await host.Get<IClientStore>().AddAsync(ClientBuilder.Client(), Entry, Stop));
        var token = (await host.IssueAsync()).Token;
        Assert.Null(await host.CodeAsync(token));

        await host.SpoilAsync("clients", keys => keys.Client("client-1"));

        Assert.Null(await host.CodeAsync(token));
    }

    [Fact]
    public async Task What_another_node_changed_is_heard_of()
    {
        await using var host = await CoreHost.StartAsync(hosted: true);
        var store = host.Get<IClientStore>();
        Assert.True(await store.AddAsync(ClientBuilder.Client(), Entry, Stop));
        var token = (await host.IssueAsync()).Token;
        Assert.Null(await host.CodeAsync(token));
        Assert.True(await store.ReplaceAsync(ClientBuilder.Client() with { State = ClientState.Disabled }, Entry, Stop));

        await Eventually.TrueAsync(async () =>
        {
            host.Get<IChangeFeed>().Publish(new Change(ChangeKind.Clients, "client-1", IsFromElsewhere: true));
            return await host.CodeAsync(token) is "CLIENT_DISABLED";
        });
    }

    [Fact]
    public async Task A_client_that_cannot_be_looked_up_is_not_guessed_about()
    {
        var token = await IssueAsync("client-1");
        await _host.SpoilAsync("clients", keys => keys.Client("client-1"));

        await Assert.ThrowsAsync<StoreUnavailableException>(async () => await _host.ValidateAsync(token));
    }

    private async Task<string> IssueAsync(string? client) =>
        (await _host.IssueAsync(TokenBuilder.Request() with { Client = client })).Token;
}
