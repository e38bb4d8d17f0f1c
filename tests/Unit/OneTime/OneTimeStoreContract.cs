using Dashboard.Core.OneTime;
using Dashboard.Core.Primitives;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OneTime;

/// <summary>What every store of one-time uses must do.</summary>
public abstract class OneTimeStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private IOneTimeStore Store => Host.Get<IOneTimeStore>();

    [Fact]
    public async Task One_of_many_at_once_uses_it()
    {
        var used = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Store.UseAsync([1, 0, 255], Now, Stop))));

        Assert.Single(used, first => first);
        Assert.False(await Store.UseAsync([1, 0, 255], Now.AddDays(1), Stop));
        Assert.True(await Store.UseAsync([1, 0, 254], Now, Stop));
    }

    [Fact]
    public async Task Use_is_remembered_until_it_is_purged_after_its_expiry()
    {
        for (byte number = 0; number < 10; number++)
        {
            await Store.UseAsync([number], Now.AddSeconds(number), Stop);
        }

        Assert.Equal(2, await Store.PurgeAsync(Now.AddSeconds(5), 2, Term, Stop));
        Assert.Equal(3, await Store.PurgeAsync(Now.AddSeconds(5), 100, Term, Stop));
        Assert.Equal(0, await Store.PurgeAsync(Now.AddSeconds(5), 100, Term, Stop));
        Assert.True(await Store.UseAsync([4], Now, Stop));
        Assert.False(await Store.UseAsync([5], Now, Stop));
    }

    [Fact]
    public async Task Purge_of_an_earlier_term_forgets_nothing()
    {
        await Store.UseAsync([1], Now, Stop);
        await EndTermAsync();

        await Assert.ThrowsAsync<TermOverException>(() => Store.PurgeAsync(Now.AddDays(1), 100, Term, Stop));

        Assert.False(await Store.UseAsync([1], Now, Stop));
    }

    [Fact]
    public async Task Use_survives_a_restart()
    {
        await Store.UseAsync([1], Now, Stop);

        await Host.ReopenAsync();

        Assert.False(await Store.UseAsync([1], Now, Stop));
    }

    [Fact]
    public async Task Purposes_never_meet()
    {
        var uses = Host.Get<OneTimeUses>();

        Assert.True(await uses.TryUseAsync("code", "a", Now, Stop));
        Assert.True(await uses.TryUseAsync("ticket", "a", Now, Stop));
        Assert.False(await uses.TryUseAsync("code", "a", Now, Stop));
    }
}

public sealed class SqliteOneTimeStoreTests() : OneTimeStoreContract(StoreKinds.Sqlite);

public sealed class RedisOneTimeStoreTests(RedisServer redis) : OneTimeStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterOneTimeStoreTests(RedisCluster cluster) : OneTimeStoreContract(cluster.Settings());
