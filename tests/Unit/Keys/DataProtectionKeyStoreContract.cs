using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Storage;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Keys;

/// <summary>What every store of data protection keys must do.</summary>
public abstract class DataProtectionKeyStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private IDataProtectionKeyStore Store => Host.Get<IDataProtectionKeyStore>();

    [Fact]
    public void Add_then_read_gives_every_key_in_the_order_of_names()
    {
        Assert.Empty(Store.Read());

        Store.Add("b", "<key>é</key>");
        Store.Add("a", "<key/>");

        Assert.Equal(["<key/>", "<key>é</key>"], Store.Read());
    }

    [Fact]
    public async Task Add_a_name_concurrently_keeps_the_first()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => Store.Add("a", $"{number}"), Stop)));
        var kept = Assert.Single(Store.Read());

        Store.Add("a", "later");

        Assert.Equal(kept, Assert.Single(Store.Read()));
    }

    private protected override Task OpenAsync() => Host.Get<IStorage>().OpenAsync(Stop);
}

public sealed class SqliteDataProtectionKeyStoreTests() : DataProtectionKeyStoreContract(StoreKinds.Sqlite);

public sealed class RedisDataProtectionKeyStoreTests(RedisServer redis) : DataProtectionKeyStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterDataProtectionKeyStoreTests(RedisCluster cluster) : DataProtectionKeyStoreContract(cluster.Settings());
