using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Migration;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>A migration that was interrupted is continued, and until then nobody works on what it left.</summary>
public sealed class InterruptionTests(RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task Interrupted_again_and_again_it_arrives(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await FilledStore.FillAsync(host);
        var lists = await FilledStore.ListsAsync(host);
        var random = new Lcg(5);
        MigrationResult? result = null;
        var interruptions = 0;
        while (result is null)
        {
            try
            {
                // The copying takes some seventy pages, the comparison as many.
                result = await host.MigrateAsync(to, progress: new Interruption(2 + random.Next(30 + interruptions * 10)));
            }
            catch (OperationCanceledException)
            {
                interruptions++;
                await RefusesToStartAsync(host);
            }
        }

        Assert.True(interruptions > 3);
        result.Hashes();
        await host.ReopenAsync();
        Assert.Equal(lists, await FilledStore.ListsAsync(host));
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task Rows_that_are_copied_twice_do_no_harm(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await FilledStore.FillAsync(host);
        var lists = await FilledStore.ListsAsync(host);
        await Assert.ThrowsAsync<OperationCanceledException>(() => host.MigrateAsync(to, progress: new Interruption(60)));

        // As though the mark had never moved.
        var (migration, plan) = await host.PrepareAsync(to);
        var end = host.EndOf(to);
        var mark = MigrationMark.Read(await end.ReadFactsAsync(Stop))!;
        Assert.NotNull(mark.Table);
        await end.WriteFactsAsync((mark with { Table = null, Cursor = null }).Write(), Stop);
        var result = await migration.RunAsync(plan, false, MigrationRun.Who, null, Stop);

        Assert.Equal(TargetState.Unfinished, plan.Target);
        result.Hashes();
        await host.ReopenAsync();
        Assert.Equal(lists, await FilledStore.ListsAsync(host));
    }

    [Theory]
    [InlineData("sqlite", "redis")]
    [InlineData("redis", "sqlite")]
    public async Task Interrupted_before_its_audit_entry_it_writes_that_once(string from, string to)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(from, redis.Settings()));
        await FilledStore.FillAsync(host);
        await host.MigrateAsync(to);

        foreach (var _ in Enumerable.Range(0, 2))
        {
            // As though the process had ended behind the entry, before the mark was taken away.
            var end = host.EndOf(to);
            var facts = await end.ReadFactsAsync(Stop);
            await end.WriteFactsAsync(new MigrationMark(facts["migrated_from"], MigrationStep.Record).Write(), Stop);
            await RefusesToStartAsync(host);
            Assert.True((await host.MigrateAsync(to)).IsEqual);
        }

        await host.ReopenAsync();
        var entries = await host.Get<Core.Audit.AuditLog>().ListAsync(new(Action: "store.migrated"), null, 10, Stop);
        Assert.Equal(1, entries.Total);
    }

    private static async Task RefusesToStartAsync(CoreHost host)
    {
        await host.RebuildAsync();
        var refused = await Assert.ThrowsAsync<StartupException>(host.OpenAsync);
        Assert.Equal(StartupException.StoreUnusable, refused.ExitCode);
        Assert.Contains("not finished", refused.Message, StringComparison.Ordinal);
    }
}
