using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Status;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Storage.Status;

/// <summary>What every store must tell of itself.</summary>
public abstract class StoreStatusContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private DeploymentStatus Deployment => Host.Get<DeploymentStatus>();

    [Fact]
    public async Task Store_tells_what_it_is_how_large_and_in_which_format()
    {
        var store = (await Deployment.ReadAsync(Stop)).Store;

        Assert.Equal(Host.Get<IOptions<StorageOptions>>().Value.Kind, store.Kind);
        Assert.Equal(store.NewestFormat, store.Format);
        Assert.True(store.Bytes > 0);
        Assert.NotEmpty(store.Facts);
        Assert.All(store.Facts, fact => Assert.False(string.IsNullOrWhiteSpace(fact.Value)));
        Assert.Equal(store.Kind is "redis", store.Nodes is not null);
    }

    [Fact]
    public async Task Leader_is_this_node_until_another_takes_over()
    {
        var first = await Deployment.ReadAsync(Stop);
        Assert.True(first.IsLeader);
        Assert.Equal((Term.Number, first.Node), (first.Leader!.Term, first.Leader.Node));

        await EndTermAsync();

        var second = await Deployment.ReadAsync(Stop);
        Assert.False(second.IsLeader);
        Assert.Equal("another", second.Leader!.Node);
    }

    [Fact]
    public async Task Lease_that_is_over_makes_nobody_the_leader()
    {
        await EndTermAsync();
        Host.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Null((await Deployment.ReadAsync(Stop)).Leader);
    }
}

public sealed class SqliteStoreStatusTests() : StoreStatusContract(StoreKinds.Sqlite)
{
    [Fact]
    public async Task File_that_cannot_be_read_says_so()
    {
        await Host.SpoilAsync("lease", keys => keys.Lease);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Host.Get<DeploymentStatus>().ReadAsync(Stop));
    }
}

public sealed class RedisStoreStatusTests(RedisServer redis) : StoreStatusContract(redis.Settings())
{
    [Fact]
    public async Task Nodes_that_listen_are_counted_and_no_password_is_told()
    {
        await Host.StartHostedAsync();
        await Eventually.TrueAsync(async () => (await Host.Get<DeploymentStatus>().ReadAsync(Stop)).Store.Nodes is 1);
        var store = (await Host.Get<DeploymentStatus>().ReadAsync(Stop)).Store;

        Assert.DoesNotContain("password", store.ToString(), StringComparison.OrdinalIgnoreCase);
        await Host.StopHostedAsync();
    }
}

[Collection<RedisClusterTests>]
public sealed class RedisClusterStoreStatusTests(RedisCluster cluster) : StoreStatusContract(cluster.Settings());
