using Dashboard.Core.Audit;
using Dashboard.Core.Backups;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Storage.Migration;

namespace Dashboard.Tests.Unit.Backups;

/// <summary>A restore that was interrupted is continued, and until then nobody works on what it left.</summary>
public sealed class RestoreInterruptionTests(RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Interrupted_again_and_again_it_arrives(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));
        await FilledStore.FillAsync(host);
        await host.BackUpAsync();
        await host.MoveAsync(kind, ("SIGNET_MASTER_KEY", BackupRun.OtherMasterKey));
        var random = new Lcg(5);
        RestoreResult? result = null;
        var interruptions = 0;
        while (result is null)
        {
            try
            {
                // Some sixty pages are written, and as many compared.
                var step = interruptions < 4 ? BackupStep.Restoring : BackupStep.Comparing;
                result = await host.RestoreAsync(
                    progress: new BackupInterruption(step, 2 + random.Next(6) + Math.Max(0, interruptions - 3) * 20));
            }
            catch (OperationCanceledException)
            {
                interruptions++;
                host.Clock.Advance(TimeSpan.FromMinutes(1));
                await RefusesToStartAsync(host);
            }
        }

        Assert.True(interruptions > 3);
        Assert.True(result.IsEqual);
        await host.ReopenAsync();
        Assert.True((await host.Get<AuditLog>().VerifyAsync(null, Stop)).Intact);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Interrupted_at_its_end_it_writes_cut_off_and_entry_once(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn("sqlite", redis.Settings()));
        await host.IssueAsync();
        await host.BackUpAsync();
        await host.MoveAsync(kind);
        await host.RestoreAsync();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            // As though the process had ended behind the entry, before the mark was taken away.
            var end = host.EndOf(kind);
            var facts = await end.ReadFactsAsync(Stop);
            var cutOff = Assert.Single((await host.Get<IRevocationStore>().ReadAsync(host.Clock.GetUtcNow(), Stop)).CutOffs);
            var mark = new MigrationMark(facts["migrated_from"], MigrationStep.Record).Write();
            mark[StoreFacts.Restoring] = new RestoreTerms(cutOff.IssuedBefore, false, cutOff.Id).Write();
            await end.WriteFactsAsync(mark, Stop);
            await RefusesToStartAsync(host);
            Assert.True((await host.RestoreAsync()).IsEqual);
        }

        await host.ReopenAsync();
        Assert.Equal(1, (await host.Get<AuditLog>().ListAsync(new(Action: "store.restored"), null, 10, Stop)).Total);
        Assert.Single((await host.Get<IRevocationStore>().ReadAsync(host.Clock.GetUtcNow(), Stop)).CutOffs);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task What_is_there_is_replaced_only_when_it_may_be_cleared(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        var first = await host.IssueAsync();
        await host.BackUpAsync();
        var second = await host.IssueAsync();
        await host.RebuildAsync();

        var (restore, plan) = await host.PrepareRestoreAsync();
        Assert.Equal(TargetState.Full, plan.Target);
        await Assert.ThrowsAsync<InvalidOperationException>(() => restore.RunAsync(plan, new RestoreRequest(false, true), BackupRun.Who, null, Stop));
        var result = await restore.RunAsync(plan, new RestoreRequest(true, true), BackupRun.Who, null, Stop);
        Assert.Equal(kind is "sqlite", result.KeptAt is not null);
        await host.ReopenAsync();

        Assert.Null(await host.CodeAsync(first.Token));
        Assert.Equal("TOKEN_UNKNOWN", await host.CodeAsync(second.Token));
        await host.RebuildAsync();
        Assert.Equal(TargetState.Copied, (await host.PrepareRestoreAsync()).Plan.Target);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("redis")]
    public async Task Looking_changes_nothing(string kind)
    {
        await using var host = await CoreHost.StartAsync(MigrationRun.SettingsOn(kind, redis.Settings()));
        await host.BackUpAsync();
        await host.MoveAsync(kind);

        var (_, plan) = await host.PrepareRestoreAsync(onlyLooks: true);

        Assert.Equal((TargetState.Empty, 0), (plan.Target, plan.TargetRows));
        Assert.Null(plan.Backup.AuditFault);
        Assert.False(Directory.Exists(host.Folder));
    }

    private static async Task RefusesToStartAsync(CoreHost host)
    {
        await host.RebuildAsync();
        var refused = await Assert.ThrowsAsync<StartupException>(host.OpenAsync);
        Assert.Equal(StartupException.StoreUnusable, refused.ExitCode);
        Assert.Contains("A restore into the store", refused.Message, StringComparison.Ordinal);
        await host.RebuildAsync();
    }
}
