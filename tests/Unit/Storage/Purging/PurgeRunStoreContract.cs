using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Purging;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage.Purging;

/// <summary>What every store of purge runs must do.</summary>
public abstract class PurgeRunStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private IPurgeRunStore Store => Host.Get<IPurgeRunStore>();

    [Fact]
    public async Task Last_run_is_the_one_saved_last()
    {
        Assert.Null(await Store.FindLastAsync(Stop));

        await Store.SaveAsync(Run(1), Term, Stop);
        await Store.SaveAsync(Run(2), Term, Stop);

        var found = await Store.FindLastAsync(Stop);
        Assert.Equal(Now.AddHours(2), found!.At);
        Assert.Equal(new Dictionary<string, long> { ["tokens"] = 2 }, found.Gone);
    }

    [Fact]
    public async Task Leader_of_an_earlier_term_saves_nothing()
    {
        await Store.SaveAsync(Run(1), Term, Stop);
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.SaveAsync(Run(2), Term, Stop));

        Assert.Equal(Now.AddHours(1), (await Store.FindLastAsync(Stop))!.At);
    }

    private static PurgeRun Run(int number) =>
        new(Now.AddHours(number), new Dictionary<string, long>(StringComparer.Ordinal) { ["tokens"] = number });
}

public sealed class SqlitePurgeRunStoreTests() : PurgeRunStoreContract(StoreKinds.Sqlite);

public sealed class RedisPurgeRunStoreTests(RedisServer redis) : PurgeRunStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterPurgeRunStoreTests(RedisCluster cluster) : PurgeRunStoreContract(cluster.Settings());
