using Dashboard.Core.Keys.Uses;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys.Uses;

/// <summary>What every store of uses must do.</summary>
public abstract class KeyUseStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = LedgerRows.Start;

    private IKeyUseStore Store => Host.Get<IKeyUseStore>();

    [Fact]
    public async Task Uses_that_nobody_wrote_are_not_there() => Assert.DoesNotContain("k-1", await Store.ReadAsync(Stop));

    [Fact]
    public async Task Numbers_add_up_and_no_time_goes_back()
    {
        await AddAsync("k-1", new KeyUse(3, Now) { LastSignedAt = Now });
        await AddAsync("k-1", new KeyUse(2, Now.AddHours(-1)) { LastSignedAt = Now.AddHours(1) });
        await AddAsync("k-1", new KeyUse(0, null));

        Assert.Equal(new KeyUse(5, Now) { LastSignedAt = Now.AddHours(1) }, (await Store.ReadAsync(Stop))["k-1"]);
    }

    [Fact]
    public async Task Time_that_is_missing_comes_later()
    {
        await AddAsync("k-1", new KeyUse(1, null));
        Assert.Equal(new KeyUse(1, null), (await Store.ReadAsync(Stop))["k-1"]);

        await AddAsync("k-1", new KeyUse(0, Now));

        Assert.Equal(new KeyUse(1, Now), (await Store.ReadAsync(Stop))["k-1"]);
    }

    [Fact]
    public async Task Several_keys_are_written_at_once_and_stay_apart()
    {
        await Store.AddAsync(
            new Dictionary<string, KeyUse>(StringComparer.Ordinal) { ["k-1"] = new(1, Now), ["theirs.2"] = new(2, null) { LastSignedAt = Now } },
            Stop);

        var uses = await Store.ReadAsync(Stop);
        Assert.Equal(new KeyUse(1, Now), uses["k-1"]);
        Assert.Equal(new KeyUse(2, null) { LastSignedAt = Now }, uses["theirs.2"]);
    }

    [Fact]
    public async Task Many_at_once_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(number =>
            Task.Run(() => AddAsync("k-1", new KeyUse(number, Now.AddSeconds(number))))));

        Assert.Equal(new KeyUse(496, Now.AddSeconds(31)), (await Store.ReadAsync(Stop))["k-1"]);
    }

    private Task AddAsync(string keyId, KeyUse use) =>
        Store.AddAsync(new Dictionary<string, KeyUse>(StringComparer.Ordinal) { [keyId] = use }, Stop);
}

public sealed class SqliteKeyUseStoreTests() : KeyUseStoreContract(StoreKinds.Sqlite);

public sealed class RedisKeyUseStoreTests(RedisServer redis) : KeyUseStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterKeyUseStoreTests(RedisCluster cluster) : KeyUseStoreContract(cluster.Settings());
