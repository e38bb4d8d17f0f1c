using Dashboard.Core.Idempotency;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Idempotency;

/// <summary>What every store of remembered requests must do.</summary>
public abstract class IdempotencyStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private IIdempotencyStore Store => Host.Get<IIdempotencyStore>();

    [Fact]
    public async Task One_of_many_at_once_begins()
    {
        var earlier = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => BeginAsync("k", $"try-{number}"))));

        Assert.Single(earlier, first => first is null);
        var attempt = Assert.Single(earlier.OfType<RememberedRequest>().Select(first => first.Attempt).Distinct());
        Assert.StartsWith("try-", attempt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_made_is_told_until_its_time_is_over()
    {
        await BeginAsync("k", "one");
        await Store.CompleteAsync("k", "one", "made", Now.AddHours(24), Stop);

        var first = await BeginAsync("k", "two", Now.AddHours(24).AddMilliseconds(-1));

        Assert.Equal(("k", "one", "made", Now.AddHours(24)), (first!.Id, first.Attempt, first.MadeId, first.ExpiresAt));
        Assert.Equal([1, 0, 2], first.RequestHash);
        Assert.Null(await BeginAsync("k", "two", Now.AddHours(24)));
        Assert.Null((await BeginAsync("k", "three", Now.AddHours(24)))!.MadeId);
    }

    [Fact]
    public async Task Attempt_whose_node_died_makes_room_and_does_not_speak_for_the_next()
    {
        await BeginAsync("k", "one");
        Assert.Null(await BeginAsync("k", "two", Now.AddMinutes(1)));

        await Store.CompleteAsync("k", "one", "made", Now.AddHours(24), Stop);
        await Store.ReleaseAsync("k", "one", Stop);

        var second = await BeginAsync("k", "three", Now.AddMinutes(1));
        Assert.Equal(("two", null), (second!.Attempt, second.MadeId));
    }

    [Fact]
    public async Task Released_attempt_leaves_its_name_free()
    {
        await BeginAsync("k", "one");
        await Store.ReleaseAsync("k", "one", Stop);

        Assert.Null(await BeginAsync("k", "two"));
    }

    [Fact]
    public async Task Purge_forgets_what_expired_in_batches()
    {
        for (var number = 0; number < 10; number++)
        {
            await BeginAsync($"k{number}", "one", Now.AddSeconds(number));
        }

        var before = Now.AddMinutes(1).AddSeconds(5);
        Assert.Equal(2, await Store.PurgeAsync(before, 2, Term, Stop));
        Assert.Equal(3, await Store.PurgeAsync(before, 100, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(before, 100, Term, Stop));
        Assert.Null(await BeginAsync("k4", "two"));
        Assert.NotNull(await BeginAsync("k5", "two"));
    }

    private Task<RememberedRequest?> BeginAsync(string id, string attempt, DateTimeOffset? at = null) => Store.BeginAsync(
        new RememberedRequest(id, [1, 0, 2], attempt, null, (at ?? Now).AddMinutes(1)), at ?? Now, Stop);
}

public sealed class SqliteIdempotencyStoreTests() : IdempotencyStoreContract(StoreKinds.Sqlite);

public sealed class RedisIdempotencyStoreTests(RedisServer redis) : IdempotencyStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterIdempotencyStoreTests(RedisCluster cluster) : IdempotencyStoreContract(cluster.Settings());
