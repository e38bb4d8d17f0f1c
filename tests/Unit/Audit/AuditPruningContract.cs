using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Pruning;
using Dashboard.Core.Audit.Signing;
using Dashboard.Core.Backups;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Purging;
using Dashboard.Tests.Unit.Backups;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Audit;

/// <summary>What pruning the audit log must do on every store.</summary>
public abstract class AuditPruningContract(IReadOnlyDictionary<string, string?> settings)
    : StoreContract(new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase) { ["Audit:Retention"] = "30.00:00:00" })
{
    private AuditLog Log => Host.Get<AuditLog>();

    private IAuditPruningStore Store => Host.Get<IAuditPruningStore>();

    [Fact]
    public async Task What_outlived_its_retention_goes_under_a_signed_record_and_the_rest_still_verifies()
    {
        var old = await RecordAsync("old", 5);
        Host.Clock.Advance(TimeSpan.FromDays(10));
        var young = await RecordAsync("young", 3);
        Host.Clock.Advance(TimeSpan.FromDays(25));

        var gone = await PruneAsync();

        Assert.Equal(old, gone);
        Assert.Equal(0, await PruneAsync());
        var found = await Log.VerifyAsync(null, Stop);
        Assert.True(found.Intact, found.Fault);
        Assert.Equal((old, Host.Clock.GetUtcNow()), (found.Pruned!.Number, found.Pruned.At));
        Assert.Equal(0, await CountAsync(new AuditFilter(ObjectId: "old")));
        Assert.Equal(3, await CountAsync(new AuditFilter(ObjectId: "young")));
        Assert.Equal(old + 1, (await Host.Get<IAuditStore>().ReadAsync(1, 1, Stop))[0].Number);
        var told = Assert.Single((await Log.ListAsync(new AuditFilter(Action: "audit.pruned"), null, 10, Stop)).Items);
        Assert.Equal(Actor.Signet.Name, told.Entry.Who.Name);
        Assert.True(told.Number > young);
        Assert.Contains($"\"pruned_to\":\"{old}\"", told.Entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_go_one_after_the_other_and_their_records_follow_each_other()
    {
        await RecordAsync("first", 2);
        Host.Clock.Advance(TimeSpan.FromDays(1));
        var second = await RecordAsync("second", 2);
        Host.Clock.Advance(TimeSpan.FromDays(30));
        Assert.NotEqual(0, await PruneAsync());
        Host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, await PruneAsync());

        var found = await Log.VerifyAsync(null, Stop);

        Assert.True(found.Intact, found.Fault);
        Assert.Equal(second, found.Pruned!.Number);
        Assert.Equal(2, (await Store.ListAsync(long.MaxValue, 10, Stop)).Count);
    }

    [Fact]
    public async Task The_purge_of_every_hour_does_it()
    {
        var old = await RecordAsync("old", 3);
        Host.Clock.Advance(TimeSpan.FromDays(32));

        await Host.Get<PurgeWorker>().RunAsync(Stop);

        Assert.Equal(old, (await Log.VerifyAsync(null, Stop)).Pruned?.Number);
    }

    [Fact]
    public async Task Whoever_leads_no_more_and_whoever_comes_second_prune_nothing()
    {
        var old = await RecordAsync("old", 3);
        var record = await RecordOfAsync(old);
        Assert.False(await Store.PruneAsync(record, 7, Term, Stop));
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PruneAsync(record, 0, Term, Stop));

        Assert.Null((await Log.VerifyAsync(null, Stop)).Pruned);
        Assert.Equal(3, await CountAsync(new AuditFilter(ObjectId: "old")));
        Assert.Empty(await Store.ListAsync(long.MaxValue, 10, Stop));
    }

    [Fact]
    public async Task A_record_that_no_key_of_ours_signed_is_found()
    {
        var old = await RecordAsync("old", 3);
        var record = await RecordOfAsync(old);
        var forged = record with { Text = record.Text[..^8] + (record.Text.EndsWith("AAAAAAAA", StringComparison.Ordinal) ? "BBBBBBBB" : "AAAAAAAA") };

        Assert.True(await Store.PruneAsync(forged, 0, Term, Stop));

        var found = await Log.VerifyAsync(null, Stop);
        Assert.False(found.Intact);
        Assert.Null(found.Pruned);
        Assert.Equal(1, found.FirstBroken);
        Assert.Contains("not what a trusted key signed", await FindBackedUpFaultAsync(), StringComparison.Ordinal);
        Host.Clock.Advance(TimeSpan.FromDays(40));
        Assert.Equal(0, await PruneAsync());
    }

    [Fact]
    public async Task A_record_that_claims_more_than_went_before_it_is_found()
    {
        await RecordAsync("old", 2);
        Host.Clock.Advance(TimeSpan.FromDays(32));
        await PruneAsync();
        var later = await RecordAsync("later", 3);
        var head = (await Host.Get<IAuditStore>().ReadAsync(later, 1, Stop))[0];
        var now = Host.Clock.GetUtcNow();
        var record = PruningText.Write(new AuditHead(head.Number, head.Hash), 1, now, now, now, Host.Get<AuditSigner>());
        var behind = (await Store.ListAsync(long.MaxValue, 1, Stop))[0].Number;
        Assert.True(await Store.PruneAsync(record, behind, Term, Stop));

        var found = await Log.VerifyAsync(null, Stop);

        Assert.False(found.Intact);
        Assert.Contains("missing", found.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_whose_key_was_revoked_counts_where_the_log_tells_of_it()
    {
        var old = await RecordAsync("old", 3);
        Host.Clock.Advance(TimeSpan.FromDays(32));
        await PruneAsync();

        Assert.IsType<KeyRotationOutcome.Rotated>(
            await Host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, true, "a leak"), TokenBuilder.Somebody, Stop));

        var found = await Log.VerifyAsync(null, Stop);
        Assert.True(found.Intact, found.Fault);
        Assert.Equal(old, found.Pruned!.Number);
        Assert.Null(await FindBackedUpFaultAsync());
    }

    private async Task<string?> FindBackedUpFaultAsync()
    {
        await Host.BackUpAsync();
        return Host.Get<BackupCheck>().Run(Host.FileOf(), BackupRun.Identity, null, Stop).AuditFault;
    }

    private protected Task<int> PruneAsync() => Host.Get<AuditPruner>().PruneAsync(Host.Clock.GetUtcNow(), 500, Term, Stop);

    // The number of the last of them.
    private protected async Task<long> RecordAsync(string what, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await Host.Get<IAuditStore>().AppendAsync(new AuditEntry(TokenBuilder.Somebody, "x.done", "thing", what), Stop);
        }

        return (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
    }

    private async Task<AuditPruning> RecordOfAsync(long number)
    {
        var last = (await Host.Get<IAuditStore>().ReadAsync(number, 1, Stop))[0];
        return PruningText.Write(new AuditHead(number, last.Hash), number, last.At, last.At, last.At, Host.Get<AuditSigner>());
    }

    private async Task<long> CountAsync(AuditFilter filter) => (await Log.ListAsync(filter, null, 10, Stop)).Total;
}

public sealed class SqliteAuditPruningTests() : AuditPruningContract(StoreKinds.Sqlite)
{
    private const string Unlock = "DROP TRIGGER audit_is_never_deleted; DROP TRIGGER audit_prunings_are_never_deleted; DROP TRIGGER audit_is_never_changed;";

    [Fact]
    public async Task The_file_itself_lets_go_of_nothing_else()
    {
        await PruneSomeAsync();

        Assert.ThrowsAny<Exception>(() => Host.Tamper("DELETE FROM audit WHERE number = (SELECT MIN(number) FROM audit);"));
        Assert.ThrowsAny<Exception>(() => Host.Tamper("DELETE FROM audit_prunings;"));
        Assert.ThrowsAny<Exception>(() => Host.Tamper("UPDATE audit_prunings SET statement = '';"));

        Assert.True((await Host.Get<AuditLog>().VerifyAsync(null, Stop)).Intact);
    }

    [Theory]
    [InlineData("DELETE FROM audit_prunings;")]
    [InlineData("DELETE FROM audit WHERE number = (SELECT MIN(number) FROM audit);")]
    [InlineData("UPDATE audit SET reason = 'another' WHERE number = (SELECT MIN(number) FROM audit);")]
    public async Task What_is_done_to_it_after_a_pruning_is_found_and_stops_the_next(string sql)
    {
        await PruneSomeAsync();
        Host.Tamper(Unlock + sql);

        Assert.False((await Host.Get<AuditLog>().VerifyAsync(null, Stop)).Intact);

        Host.Clock.Advance(TimeSpan.FromDays(60));
        Assert.Equal(0, await PruneAsync());
    }

    private async Task PruneSomeAsync()
    {
        Host.Clock.Advance(TimeSpan.FromDays(32));
        await RecordAsync("left", 3);

        Assert.NotEqual(0, await PruneAsync());
    }
}

public sealed class RedisAuditPruningTests(RedisServer redis) : AuditPruningContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterAuditPruningTests(RedisCluster cluster) : AuditPruningContract(cluster.Settings());
