using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Idempotency;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.OneTime;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>Everything arrives, there and back, and goes on working.</summary>
public sealed class RoundTripTests(RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_and_back_gives_the_same_rows_of_every_table()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));
        await FilledStore.FillAsync(host);

        var there = await host.MigrateAsync("redis");
        var back = await host.MigrateAsync("sqlite", settings: ("Signet:DataFolder", host.Folder + "-back"));

        Assert.All(there.Tables, table => Assert.True(table.SourceRows > 0, table.Name));

        // The first migration is an entry of the second.
        Assert.Equal(
            there.Hashes().Where(table => !table.StartsWith("audit ", StringComparison.Ordinal)),
            back.Hashes().Where(table => !table.StartsWith("audit ", StringComparison.Ordinal)));
        Assert.Equal(AuditRows(there) + 1, AuditRows(back));
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task A_core_goes_on_where_the_other_store_stopped(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        var lists = await FilledStore.ListsAsync(host);
        var keys = host.Get<KeyRing>().All.Select(key => (key.KeyId, key.State, key.CreatedAt, key.RetiredAt, key.RevokedAt)).ToList();
        var operators = host.Get<OperatorDirectory>().FindByName("ALICE");
        var cutOffs = (await host.Get<IRevocationStore>().ReadAsync(LedgerRows.Start, Stop)).CutOffs;

        await host.MigrateAsync(to);
        await host.ReopenAsync();

        Assert.Null(await host.CodeAsync(filled.Good.Token));
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Revoked.Token));
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.CutOff.Token));
        Assert.IsType<SessionLookup.Live>(await host.Get<SessionDirectory>().FindBySecretAsync(filled.Open.Secret!, Stop));
        Assert.IsType<SessionLookup.Ended>(await host.Get<SessionDirectory>().FindBySecretAsync(filled.Ended.Secret!, Stop));
        Assert.Equal(lists, await FilledStore.ListsAsync(host));
        Assert.Equal(keys, host.Get<KeyRing>().All.Select(key => (key.KeyId, key.State, key.CreatedAt, key.RetiredAt, key.RevokedAt)));
        Assert.Equal(operators, host.Get<OperatorDirectory>().FindByName("alice"));
        Assert.Equal(["<key>é</key>"], host.Get<IDataProtectionKeyStore>().Read());
        Assert.Equivalent(cutOffs, (await host.Get<IRevocationStore>().ReadAsync(LedgerRows.Start, Stop)).CutOffs);
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task The_audit_chain_is_intact_and_says_who_migrated_what(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await FilledStore.FillAsync(host);
        var before = await host.Get<AuditLog>().FindNewestAsync(Stop);
        var bySomebody = await AuditTotalAsync(host, new AuditFilter(Operator: TokenBuilder.Somebody.Name));

        await host.MigrateAsync(to);
        await host.ReopenAsync();

        var verified = await host.Get<AuditLog>().VerifyAsync(new AuditHead(before!.Number, before.Hash), Stop);
        Assert.Equal((true, FilledStore.Pruned, before.Number + 1 - FilledStore.Pruned), (verified.Intact, verified.Pruned?.Number, verified.Verified));
        var entry = (await host.Get<AuditLog>().FindNewestAsync(Stop))!.Entry;
        Assert.Equal((MigrationRun.Who, "store.migrated"), (entry.Who.Name, entry.Action));
        Assert.StartsWith($$"""{"from":"{{from}}:""", entry.After, StringComparison.Ordinal);
        Assert.Contains($"\"audit\":\"{before.Number - FilledStore.Pruned}\"", entry.After, StringComparison.Ordinal);
        Assert.Equal(bySomebody, await AuditTotalAsync(host, new AuditFilter(Operator: TokenBuilder.Somebody.Name)));
        Assert.Equal(1, await AuditTotalAsync(host, new AuditFilter(Action: "store.migrated")));
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task What_was_counted_or_under_way_goes_on(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        var filled = await FilledStore.FillAsync(host);
        var newest = (await host.Get<IEventStore>().ListAsync(new EventFilter(), null, 1, Stop)).Items[0];
        var half = (await host.Get<IRevocationStore>().FindAsync(filled.RunningRevocation, Stop))!;

        await host.MigrateAsync(to);
        await host.ReopenAsync();
        await host.Get<IEventStore>().AppendAsync([newest with { Kind = "after" }], Stop);
        var continued = await host.Get<IRevocationStore>().ContinueAsync(filled.RunningRevocation, 1_000, Stop);
        var key = await host.Get<ITokenLedger>().ReadUsageAsync("key-1", LedgerRows.Start, Stop);

        Assert.Equal(newest.Number + 1, (await host.Get<IEventStore>().ListAsync(new EventFilter(null, "after", null), null, 1, Stop)).Items[0].Number);
        Assert.Equal(RevocationState.Done, continued.Revocation.State);
        Assert.Equal(half.RevokedTokens + continued.Tokens.Count, continued.Revocation.RevokedTokens);
        Assert.True(key.LiveTokens > 0);
        Assert.True(await host.Get<ISessionStore>().EndAsync(
            new SessionEnd(filled.Open.Session.Name, SessionEndReason.SignedOut, host.Clock.GetUtcNow()),
            new AuditEntry(TokenBuilder.Somebody, "session.ended", "session", filled.Open.Session.Name),
            Stop));
        host.Clock.Advance(TimeSpan.FromDays(365));
        var term = await FilledStore.TermAsync(host);
        Assert.Equal(0, await host.Get<ISessionStore>().PurgeAsync(LedgerRows.Start.AddMinutes(1), 10, term, Stop));
        Assert.Equal(2, await host.Get<ISessionStore>().PurgeAsync(host.Clock.GetUtcNow(), 10, term, Stop));
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task What_was_done_once_is_not_done_again(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await FilledStore.FillAsync(host);
        var run = await host.Get<PurgeWorker>().FindLastRunAsync(Stop);
        var now = host.Clock.GetUtcNow();

        await host.MigrateAsync(to);
        await host.ReopenAsync();
        var known = await host.Get<IIdempotencyStore>().BeginAsync(
            new RememberedRequest("request-3", [1], "other", null, now.AddHours(1)), now, Stop);

        Assert.Equal(("attempt", "made", now.AddHours(24).Hour), (known!.Attempt, known.MadeId, known.ExpiresAt.Hour));
        Assert.Equal([0, 255, 58], known.RequestHash);
        Assert.False(await host.Get<IOneTimeStore>().UseAsync([7, 200, 0, 58], now.AddMinutes(1), Stop));
        Assert.Equivalent(run, await host.Get<PurgeWorker>().FindLastRunAsync(Stop));
    }

    [Fact]
    public async Task Every_table_is_copied_or_has_a_reason_not_to_be()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));

        // What the store says of itself is its own, and no node that leads comes along.
        var tables = host.Database.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table';").Except(["store", "lease", "client_secret_expiries", "audit_head"]);

        Assert.Equal(tables.Order(), host.Services.GetServices<StoreTable>().Select(table => table.Name).Order());
    }

    private static long AuditRows(MigrationResult result) => result.Tables.Single(table => table.Name == "audit").TargetRows;

    private static async Task<long> AuditTotalAsync(CoreHost host, AuditFilter filter) =>
        (await host.Get<AuditLog>().ListAsync(filter, null, 1, Stop)).Total;
}
