using Dashboard.Core.Audit;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>What a migration puts into Redis is what the stores themselves would have put there, indexes and all.</summary>
public sealed class RedisImportTests(RedisServer redis)
{
    // What a deployment's own life leaves: news and its counter, the mark of the store, the version of the key ring.
    private static readonly string[] Own = ["feed", "health", "lease", "store"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Through_sqlite_and_back_every_key_is_the_same()
    {
        var (first, second) = (redis.Settings(), redis.Settings());
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("redis", first));
        await FilledStore.FillAsync(host);
        await MoveExpiredAsync(host);
        var before = await RedisImage.ReadAsync(redis.Address, first["Storage:RedisPrefix"]!);

        await host.MigrateAsync("sqlite");
        await host.MigrateAsync("redis", settings: ("Storage:RedisPrefix", second["Storage:RedisPrefix"]));
        await host.ReopenAsync();
        await MoveExpiredAsync(host);
        var after = await RedisImage.ReadAsync(redis.Address, second["Storage:RedisPrefix"]!);

        foreach (var (key, members) in before.Where(item => !Own.Contains(item.Key)))
        {
            Assert.True(after.ContainsKey(key), $"{key} is missing.");
            AssertSame(key, members, after[key]);
        }

        // Each migration left an entry.
        Assert.All(after.Keys.Except(before.Keys), key => Assert.StartsWith("audit:", key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_audit_log_arrives_in_order()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));
        await Task.WhenAll(Enumerable.Range(0, 3_500).Select(number => host.Get<IAuditStore>().AppendAsync(
            new AuditEntry(TokenBuilder.Somebody, "read", "token", $"{number}"), Stop)));

        var (migration, plan) = await host.PrepareAsync("redis");
        migration.PageSize = 1_000;
        (await migration.RunAsync(plan, false, MigrationRun.Who, null, Stop)).Hashes();

        await host.ReopenAsync();
        Assert.True((await host.Get<AuditLog>().VerifyAsync(null, Stop)).Intact);
    }

    [Fact]
    public async Task A_broken_chain_arrives_as_broken_as_it_was()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));
        await FilledStore.FillAsync(host);
        host.Tamper("DROP TRIGGER audit_is_never_deleted; DELETE FROM audit WHERE number = 5;");

        (await host.MigrateAsync("redis")).Hashes();

        await host.ReopenAsync();
        Assert.Equal(5, (await host.Get<AuditLog>().VerifyAsync(null, Stop)).FirstBroken);
    }

    [Fact]
    public async Task Clearing_that_was_interrupted_is_finished_first()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("redis", redis.Settings()));
        await FilledStore.FillAsync(host);
        await host.ReopenAsync(("Storage:Kind", "sqlite"));
        var (_, before) = await host.PrepareAsync("redis");
        Assert.Equal(TargetState.Full, before.Target);
        var source = await host.EndOf("sqlite").ReadFactsAsync(Stop);
        await host.EndOf("redis").WriteFactsAsync(new MigrationMark($"sqlite:{source["id"]}", MigrationStep.Clear).Write(), Stop);

        var (migration, plan) = await host.PrepareAsync("redis");

        Assert.Equal(TargetState.Unfinished, plan.Target);
        (await migration.RunAsync(plan, false, MigrationRun.Who, null, Stop)).Hashes();
    }

    private static void AssertSame(string key, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        switch (key)
        {
            case "audit:head":
                break;
            case "audit:actions" or "audit:kinds":
                Assert.Empty(before.Except(after));
                break;
            case "audit:entries":
                Assert.Equal(2, after.Except(before).Count());
                Assert.Empty(before.Except(after));
                break;
            default:
                Assert.Equal(
                    before.Where(member => !member.StartsWith("#version=", StringComparison.Ordinal)),
                    after.Where(member => !member.StartsWith("#version=", StringComparison.Ordinal)));
                break;
        }
    }

    // Whoever lists by status first moves on what expired since.
    private static async Task MoveExpiredAsync(CoreHost host) => await host.Get<ITokenLedger>().ListAsync(
        new LedgerFilter { Status = TokenStatus.Expired }, host.Clock.GetUtcNow(), null, 1, Stop);
}

/// <summary>The same on a cluster, where every key must lie on one of its nodes.</summary>
[Collection<RedisClusterTests>]
public sealed class RedisClusterMigrationTests(RedisCluster cluster)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task To_a_cluster_and_back_and_over_what_it_holds()
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", cluster.Settings()));
        var filled = await FilledStore.FillAsync(host);
        var lists = await FilledStore.ListsAsync(host);
        var file = host.Folder;

        var there = await host.MigrateAsync("redis");
        await host.ReopenAsync();
        Assert.Equal("TOKEN_REVOKED", await host.CodeAsync(filled.Revoked.Token));
        Assert.Equal(lists, await FilledStore.ListsAsync(host));
        (await host.MigrateAsync("sqlite", settings: ("Signet:DataFolder", host.Folder + "-back"))).Hashes();
        var (migration, plan) = await host.PrepareAsync("redis", settings: ("Signet:DataFolder", file));
        Assert.Equal(TargetState.Copied, plan.Target);
        var again = await migration.RunAsync(plan, true, MigrationRun.Who, null, Stop);

        Assert.Equal(there.Hashes(), again.Hashes());
    }
}
