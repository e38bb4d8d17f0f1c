using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Leadership;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage.Leadership;

/// <summary>What every lease store must do.</summary>
public abstract class LeaseStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private ILeaseStore Store => Host.Get<ILeaseStore>();

    [Fact]
    public async Task One_of_many_at_once_holds_the_lease()
    {
        await FreeAsync();

        var terms = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => HoldAsync($"node-{number}", 0))));

        Assert.Single(terms, term => term is not null);
    }

    [Fact]
    public async Task Holder_keeps_its_term_and_nobody_else_gets_one()
    {
        await FreeAsync();
        var term = await HoldAsync("a", 0);

        Assert.Equal(term, await HoldAsync("a", 9));
        Assert.Null(await HoldAsync("b", 10));
        Assert.Null(await HoldAsync("b", 18));
    }

    [Fact]
    public async Task Lease_that_is_over_goes_to_whoever_asks_first_with_a_new_term()
    {
        await FreeAsync();
        var first = await HoldAsync("a", 0);

        var second = await HoldAsync("b", 10);

        Assert.True(second!.Value.Number > first!.Value.Number);
        Assert.Null(await HoldAsync("a", 11));
    }

    [Fact]
    public async Task Lease_that_was_given_up_is_free_at_once_and_terms_go_on()
    {
        await FreeAsync();
        var first = await HoldAsync("a", 0);
        await Store.ReleaseAsync("b", Stop);
        Assert.Null(await HoldAsync("b", 1));

        await Store.ReleaseAsync("a", Stop);

        Assert.True((await HoldAsync("b", 1))!.Value.Number > first!.Value.Number);
    }

    [Fact]
    public async Task Holder_is_told_until_it_gives_the_lease_up()
    {
        await FreeAsync();
        Assert.Null(await Store.FindAsync(Stop));
        var term = await HoldAsync("a", 0);

        Assert.Equal(new LeaseHolder("a", term!.Value.Number, Start.AddSeconds(10)), await Store.FindAsync(Stop));
        await Store.ReleaseAsync("a", Stop);
        Assert.Null(await Store.FindAsync(Stop));
    }

    private protected override Task OpenAsync() => Host.Get<IStorage>().OpenAsync(Stop);

    // The contract itself holds a term.
    private Task FreeAsync() => Host.Get<LeaderElection>().StopAsync(Stop);

    private Task<Term?> HoldAsync(string node, int second) =>
        Store.HoldAsync(node, Start.AddSeconds(second), Start.AddSeconds(second + 10), Stop);
}

public sealed class SqliteLeaseStoreTests() : LeaseStoreContract(StoreKinds.Sqlite);

public sealed class RedisLeaseStoreTests(RedisServer redis) : LeaseStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterLeaseStoreTests(RedisCluster cluster) : LeaseStoreContract(cluster.Settings());
