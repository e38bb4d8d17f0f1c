using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Storage;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

/// <summary>What every secret store must do.</summary>
public abstract class SecretStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private ISecretStore Store => Host.Get<ISecretStore>();

    [Fact]
    public async Task Get_or_add_concurrently_gives_everybody_the_same_value()
    {
        Assert.True(await Store.IsEmptyAsync(Stop));

        var values = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() =>
            Store.GetOrAddAsync("audit", [(byte)number], Stop))));

        Assert.Single(values.Select(value => value[0]).Distinct());
        Assert.Equal(values[0], await Store.GetOrAddAsync("audit", [99], Stop));
        Assert.False(await Store.IsEmptyAsync(Stop));
    }

    [Fact]
    public async Task Get_or_add_keeps_names_apart()
    {
        Assert.Equal([1], await Store.GetOrAddAsync("a", [1], Stop));
        Assert.Equal([2], await Store.GetOrAddAsync("A", [2], Stop));
        Assert.Equal([1], await Store.GetOrAddAsync("a", [3], Stop));
    }

    // Without the system's own secrets.
    private protected override Task OpenAsync() => Host.Get<IStorage>().OpenAsync(Stop);
}

public sealed class SqliteSecretStoreTests() : SecretStoreContract(StoreKinds.Sqlite);

public sealed class RedisSecretStoreTests(RedisServer redis) : SecretStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterSecretStoreTests(RedisCluster cluster) : SecretStoreContract(cluster.Settings());
