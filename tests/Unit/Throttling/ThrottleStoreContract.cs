using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Throttling;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Throttling;

/// <summary>What every store of counters must do.</summary>
public abstract class ThrottleStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private static readonly ThrottleRule Rule = new()
    {
        Free = 3,
        LongestDelay = TimeSpan.FromSeconds(30),
        Window = TimeSpan.FromMinutes(10),
    };

    private IThrottleStore Store => Host.Get<IThrottleStore>();

    [Fact]
    public async Task Of_many_at_once_no_more_pass_than_are_free()
    {
        var waits = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => TakeAsync(Now, Use(1)))));

        Assert.Equal(3, waits.Count(wait => wait is null));
        Assert.All(waits, wait => Assert.True(wait is null || wait == TimeSpan.FromSeconds(1)));
        Assert.Equal(new ThrottleState(3, Now), await Store.FindAsync([1, 0, 255], Now, Stop));
    }

    [Fact]
    public async Task Wait_doubles_up_to_the_longest_and_ends_exactly()
    {
        await FillAsync(Use(1), 3);
        var at = Now;
        List<double> waits = [];
        for (var number = 0; number < 8; number++)
        {
            var wait = (await TakeAsync(at, Use(1)))!.Value;
            waits.Add(wait.TotalSeconds);
            at += wait;
            Assert.Equal(TimeSpan.FromMilliseconds(1), await TakeAsync(at - TimeSpan.FromMilliseconds(1), Use(1)));
            Assert.Null(await TakeAsync(at, Use(1)));
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], waits);
    }

    [Fact]
    public async Task Refused_by_one_counter_nothing_is_counted_on_any()
    {
        await FillAsync(Use(1), 3);

        Assert.NotNull(await TakeAsync(Now, Use(2), Use(1)));

        Assert.Null(await Store.FindAsync([2, 0, 255], Now, Stop));
        Assert.Equal(3, (await Store.FindAsync([1, 0, 255], Now, Stop))!.Failures);
    }

    [Fact]
    public async Task Longest_of_several_waits_counts()
    {
        await FillAsync(Use(1), 3);
        await FillAsync(Use(2), 3);
        await TakeAsync(Now.AddSeconds(1), Use(2));

        Assert.Equal(TimeSpan.FromSeconds(2), await TakeAsync(Now.AddSeconds(1), Use(1), Use(2)));
    }

    [Fact]
    public async Task Failures_are_forgotten_a_window_after_the_last()
    {
        await FillAsync(Use(1), 2);
        await TakeAsync(Now.AddMinutes(9), Use(1));

        Assert.Equal(3, (await Store.FindAsync([1, 0, 255], Now.AddMinutes(18.9), Stop))!.Failures);
        Assert.Null(await Store.FindAsync([1, 0, 255], Now.AddMinutes(19), Stop));
        Assert.Null(await TakeAsync(Now.AddMinutes(19), Use(1)));
        Assert.Equal(1, (await Store.FindAsync([1, 0, 255], Now.AddMinutes(19), Stop))!.Failures);
    }

    [Fact]
    public async Task Stopped_counter_waits_for_somebody_however_long()
    {
        var use = Use(1) with { Rule = Rule with { StopAt = 3 } };
        await FillAsync(use, 3);

        Assert.Equal(Rule.LongestDelay, await TakeAsync(Now.AddYears(20), use));
        Assert.Equal(0, await Store.PurgeAsync(Now.AddYears(20), 10, Term, Stop));

        await Store.GiveBackAsync([use.Key], [], Stop);
        Assert.Null(await TakeAsync(Now.AddYears(20), use));
    }

    [Fact]
    public async Task Given_back_is_one_attempt_and_cleared_are_all()
    {
        await FillAsync(Use(1), 2);
        await FillAsync(Use(2), 2);
        await FillAsync(Use(3), 1);

        await Store.GiveBackAsync([Use(1).Key, Use(9).Key], [Use(2).Key, Use(3).Key, Use(8).Key], Stop);

        Assert.Null(await Store.FindAsync([1, 0, 255], Now, Stop));
        Assert.Equal(1, (await Store.FindAsync([2, 0, 255], Now, Stop))!.Failures);
        Assert.Null(await Store.FindAsync([3, 0, 255], Now, Stop));
        Assert.Null(await Store.FindAsync([8, 0, 255], Now, Stop));
    }

    [Fact]
    public async Task Unlocking_forgets_what_is_tied_to_its_mark_and_tells_who_did_it()
    {
        var (tied, other) = (Use(1) with { Mark = [7] }, Use(2));
        await FillAsync(tied, 3);
        await FillAsync(other, 3);
        await FillAsync(Use(3), 3);

        var audit = new AuditEntry(new Actor("root"), "operator.unlocked", "operator", "one");
        await Store.UnlockAsync(new ThrottleUnlock([Use(3).Key], [7], Now, DateTimeOffset.MaxValue), audit, Stop);

        Assert.NotNull(await TakeAsync(Now.AddMilliseconds(1), other));
        Assert.Null(await TakeAsync(Now.AddMilliseconds(1), Use(3)));
        await FillAsync(tied, 3, Now.AddMilliseconds(1));
        Assert.NotNull(await TakeAsync(Now.AddMilliseconds(1), tied));
        var entries = await Host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: "one"), null, 10, Stop);
        Assert.Equal("operator.unlocked", Assert.Single(entries.Items).Entry.Action);

        await Store.UnlockAsync(new ThrottleUnlock([], [7], Now.AddMilliseconds(1), DateTimeOffset.MaxValue), null, Stop);
        Assert.Null(await TakeAsync(Now.AddMilliseconds(2), tied));
    }

    [Fact]
    public async Task Clock_that_was_set_back_neither_locks_out_for_years_nor_lifts_a_wait()
    {
        var use = Use(1) with { Mark = [7] };
        await Store.UnlockAsync(new ThrottleUnlock([], [7], Now, DateTimeOffset.MaxValue), null, Stop);
        await FillAsync(use, 4, Now.AddSeconds(1), TimeSpan.FromSeconds(1));
        var before = Now.AddYears(-10);

        Assert.Equal(TimeSpan.FromSeconds(2), await TakeAsync(before, use));
        Assert.Equal(TimeSpan.FromSeconds(1), await TakeAsync(before.AddSeconds(1), use));
        Assert.Null(await TakeAsync(before.AddSeconds(2), use));
    }

    [Fact]
    public async Task Counts_add_up_over_calls_and_drop_what_has_expired()
    {
        var expires = Now.AddMinutes(1);
        ThrottleCount[] counts = [new([1], 5, expires), new([2], 0, expires)];

        var totals = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Store.CountAsync(counts, Now, Stop))));

        Assert.Equal(40, totals.Max(item => item[0]));
        Assert.All(totals, item => Assert.Equal(0, item[1]));
        Assert.Equal([40, 0], await Store.CountAsync([new([1], 0, expires), new([2], 0, expires)], Now, Stop));
        Assert.Equal([1], await Store.CountAsync([new([3], 1, expires.AddDays(1))], expires, Stop));
        Assert.Equal(0, await Store.PurgeAsync(expires.AddHours(1), 10, Term, Stop));
    }

    [Fact]
    public async Task Purge_forgets_the_expired_in_batches_and_only_for_the_leader()
    {
        foreach (var number in Enumerable.Range(0, 5))
        {
            await TakeAsync(Now.AddMinutes(number), Use((byte)number));
        }

        Assert.Equal(2, await Store.PurgeAsync(Now.AddMinutes(13), 2, Term, Stop));
        Assert.Equal(1, await Store.PurgeAsync(Now.AddMinutes(13), 100, Term, Stop));
        Assert.Equal(1, (await Store.FindAsync(Use(3).Key, Now.AddMinutes(4), Stop))!.Failures);
        await EndTermAsync();
        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now.AddDays(1), 100, Term, Stop));
        Assert.NotNull(await Store.FindAsync(Use(3).Key, Now.AddMinutes(4), Stop));
    }

    [Fact]
    public async Task Failures_outlive_a_restart()
    {
        await FillAsync(Use(1), 3);

        await Host.ReopenAsync();

        Assert.NotNull(await TakeAsync(Now, Use(1)));
    }

    private static ThrottleUse Use(byte number) => new([number, 0, 255], Rule);

    private Task<TimeSpan?> TakeAsync(DateTimeOffset at, params ThrottleUse[] uses) => Store.TakeAsync(uses, at, Stop);

    private async Task FillAsync(ThrottleUse use, int failures, DateTimeOffset? at = null, TimeSpan apart = default)
    {
        for (var number = 0; number < failures; number++)
        {
            Assert.Null(await TakeAsync((at ?? Now) + (number * apart), use));
        }
    }
}

public sealed class SqliteThrottleStoreTests() : ThrottleStoreContract(StoreKinds.Sqlite);

public sealed class RedisThrottleStoreTests(RedisServer redis) : ThrottleStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterThrottleStoreTests(RedisCluster cluster) : ThrottleStoreContract(cluster.Settings());
