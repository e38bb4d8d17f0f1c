using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Purging;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients;

/// <summary>How clients end, by people or by themselves, and what is left.</summary>
public sealed class ClientEndTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string?> Settings = new() { ["Clients:RenewableFor"] = "10.00:00:00" };

    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClientAdministration Administration => _host.Get<ClientAdministration>();

    private ClientCleaner Cleaner => _host.Get<ClientCleaner>();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(Settings);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Deleting_leaves_a_tombstone_and_revokes_everything_of_the_client_alone()
    {
        await _host.AddAsync(ClientBuilder.Full("gone") with { State = ClientState.Enabled });
        var (mine, other) = (await IssueAsync("gone"), await IssueAsync("stays"));
        Assert.Equal(1, (await Administration.PreviewDeletionAsync("gone", Stop)).Tokens);

        var deleted = Assert.IsType<ClientUpdate.Changed>(await Administration.DeleteAsync("gone", "retired", _host.Admin(), Stop));

        var left = deleted.Client;
        Assert.Equal((ClientEndReason.Deleted, _host.Clock.GetUtcNow(), "admin"), (left.Ended!.Reason, left.Ended.At, left.Ended.By));
        Assert.Empty(left.Secrets);
        Assert.Empty(left.RedirectUris);
        Assert.Null(left.RegistrationTokenHash);
        Assert.Equivalent(left, await _host.Get<ClientDirectory>().FindAsync("gone", Stop), strict: true);
        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(mine));
        Assert.Null(await _host.CodeAsync(other));
        Assert.Contains(await _host.AuditAsync("gone"), entry => entry is { Action: "client.deleted", Reason: "retired" });
        Assert.IsType<ClientUpdate.Unknown>(await Administration.DeleteAsync("gone", "again", _host.Admin(), Stop));
        Assert.IsType<ClientUpdate.Unknown>(await Administration.SetEnabledAsync("gone", true, "again", _host.Admin(), Stop));
    }

    [Fact]
    public async Task Of_many_who_end_a_client_at_once_one_does()
    {
        await _host.AddAsync(ClientBuilder.Client());
        var client = await _host.StoredAsync("client-1");

        var ended = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() =>
            _host.Get<ClientEnder>().EndAsync(client, ClientEndReason.Expired, Actor.Signet, "why", Stop))));

        Assert.Single(ended, tombstone => tombstone is not null);
        Assert.Single(await _host.AuditAsync("client-1"), entry => entry.Action == "client.expired");
        Assert.Null(await _host.Get<ClientEnder>().EndAsync(
            await _host.StoredAsync("client-1"), ClientEndReason.Deleted, Actor.Signet, "why", Stop));
    }

    [Fact]
    public async Task A_registration_that_is_over_can_be_renewed_for_a_while_and_then_ends()
    {
        await _host.AddAsync(ClientBuilder.Client("kept") with { ExpiresAt = Now() });
        await _host.AddAsync(ClientBuilder.Client("left") with { ExpiresAt = Now() });
        var token = await IssueAsync("left", TimeSpan.FromDays(20));

        _host.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(0, await Cleaner.CleanAsync(Stop));
        Assert.Equal("CLIENT_EXPIRED", await _host.CodeAsync(token));
        Assert.IsType<ClientUpdate.Changed>(await Administration.RenewAsync("kept", TimeSpan.FromDays(90), "needed", _host.Admin(), Stop));
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await Cleaner.CleanAsync(Stop));

        var ended = (await _host.StoredAsync("left")).Ended!;
        Assert.Equal((ClientEndReason.Expired, "signet"), (ended.Reason, ended.By));
        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(token));
        Assert.Equal(0, await Cleaner.CleanAsync(Stop));
    }

    [Fact]
    public async Task A_client_that_registered_itself_and_is_never_used_ends()
    {
        await _host.AddAsync(ClientBuilder.SelfRegistered("unused") with { CreatedAt = Now() });
        await _host.AddAsync(ClientBuilder.SelfRegistered("used") with { CreatedAt = Now() });
        await _host.AddAsync(ClientBuilder.Client("made") with { CreatedAt = Now() });
        _host.Get<ClientUses>().Record("used", null);
        await _host.Get<ClientUses>().WriteAsync(Stop);

        _host.Clock.Advance(TimeSpan.FromDays(30) + TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, await Cleaner.CleanAsync(Stop));
        Assert.Equal(ClientEndReason.Unused, (await _host.StoredAsync("unused")).Ended!.Reason);
    }

    [Fact]
    public async Task What_a_person_decided_counts_from_then_on_and_a_use_at_the_last_moment_keeps_a_client()
    {
        await _host.AddAsync(ClientBuilder.SelfRegistered("approved") with { CreatedAt = Now(), State = ClientState.Pending });
        await _host.AddAsync(ClientBuilder.SelfRegistered("used") with { CreatedAt = Now() });
        _host.Clock.Advance(TimeSpan.FromDays(29));
        Assert.IsType<ClientUpdate.Changed>(await Administration.ApproveAsync("approved", 0, "known", _host.Admin(), Stop));
        var read = await _host.StoredAsync("used");
        _host.Clock.Advance(TimeSpan.FromDays(2));

        _host.Get<ClientUses>().Record("used", null);
        await _host.Get<ClientUses>().WriteAsync(Stop);

        Assert.Null(await _host.Get<ClientEnder>().EndAsync(read, ClientEndReason.Unused, Actor.Signet, "why", Stop));
        Assert.Equal(0, await Cleaner.CleanAsync(Stop));
        _host.Clock.Advance(TimeSpan.FromDays(28) + TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await Cleaner.CleanAsync(Stop));
        Assert.Null((await _host.StoredAsync("used")).Ended);
    }

    [Fact]
    public async Task A_revocation_that_failed_is_made_up_for_by_itself_or_by_asking_again()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        var administration = host.Get<ClientAdministration>();
        Dictionary<string, string> tokens = [];
        foreach (var id in new[] { "asked", "left" })
        {
            await host.AddAsync(ClientBuilder.Client(id));
            tokens[id] = (await host.IssueAsync(TokenBuilder.Request() with { Client = id, Lifetime = TimeSpan.FromDays(1) })).Token;
        }

        host.Tamper("ALTER TABLE revocations RENAME TO lost;");
        foreach (var id in tokens.Keys)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => administration.DeleteAsync(id, "retired", host.Admin(), Stop));
            Assert.Equal("CLIENT_DISABLED", await host.CodeAsync(tokens[id]));
        }

        host.Tamper("ALTER TABLE lost RENAME TO revocations;");
        Assert.IsType<ClientUpdate.Changed>(await administration.DeleteAsync("asked", "retired", host.Admin(), Stop));
        Assert.IsType<ClientUpdate.Unknown>(await administration.DeleteAsync("asked", "retired", host.Admin(), Stop));
        await host.Get<ClientCleaner>().CleanAsync(Stop);
        Assert.Equal(("TOKEN_REVOKED", "CLIENT_DISABLED"), (await host.CodeAsync(tokens["asked"]), await host.CodeAsync(tokens["left"])));

        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Get<ClientCleaner>().CleanAsync(Stop);
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(tokens["left"]));
        Assert.True((await host.StoredAsync("left")).Ended!.IsCutOff);
    }

    [Fact]
    public async Task The_end_is_an_event_and_the_tombstone_goes_with_its_time()
    {
        await using var host = await CoreHost.StartAsync(hosted: true);
        await host.AddAsync(ClientBuilder.SelfRegistered("client-1") with { CreatedAt = host.Clock.GetUtcNow().AddDays(-31) });

        await Eventually.TrueAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(30));
            return (await host.StoredAsync("client-1")).Ended is not null;
        });
        await Eventually.TrueAsync(async () =>
        {
            host.Clock.Advance(TimeSpan.FromSeconds(1));
            var page = await host.Get<EventLog>().ListAsync(new EventFilter(null, EventKinds.ClientEnded, null), null, 1, Stop);
            return page.Items is [{ Client: "client-1", Outcome: EventOutcome.Succeeded }];
        });

        Assert.Equal(0, (await host.Get<PurgeWorker>().RunAsync(Stop))!.Gone["clients"]);
    }

    private DateTimeOffset Now() => _host.Clock.GetUtcNow();

    private async Task<string> IssueAsync(string client, TimeSpan? lifetime = null) =>
        (await _host.IssueAsync(TokenBuilder.Request() with { Client = client, Lifetime = lifetime })).Token;
}
