using Dashboard.Core.Audit;
using Dashboard.Core.Clients.Registration;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients.Registration;

/// <summary>What every store of the registration policy must do.</summary>
public abstract class RegistrationPolicyStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly RegistrationPolicy Open = new() { Mode = RegistrationMode.Open };

    private IRegistrationPolicyStore Store => Host.Get<IRegistrationPolicyStore>();

    [Fact]
    public async Task Nothing_is_decided_at_first() => Assert.Null(await Store.FindAsync(Stop));

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(90)]
    public async Task Replaced_policy_is_found_one_version_higher_also_after_a_restart(int? days)
    {
        var policy = new RegistrationPolicy
        {
            Mode = RegistrationMode.Approval,
            ClientLifetime = days is { } number ? TimeSpan.FromDays(number) : null,
            AllowedScopes = ["files:*", "mail"],
        };

        Assert.True(await Store.ReplaceAsync(policy, Entry(), Stop));
        await Host.ReopenAsync();

        Assert.Equivalent(policy with { Version = 1 }, await Store.FindAsync(Stop));
        Assert.True(await Store.ReplaceAsync(Open with { Version = 1 }, Entry(), Stop));
        Assert.Equivalent(Open with { Version = 2 }, await Store.FindAsync(Stop));
    }

    [Fact]
    public async Task Of_many_at_once_one_decides_and_one_entry_is_written()
    {
        var before = await NewestAsync();

        var replaced = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() => Store.ReplaceAsync(Open, Entry(), Stop))));

        Assert.Single(replaced, true);
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task An_old_version_changes_nothing()
    {
        await Store.ReplaceAsync(Open, Entry(), Stop);
        var before = await NewestAsync();

        Assert.False(await Store.ReplaceAsync(Open with { Mode = RegistrationMode.Off }, Entry(), Stop));
        Assert.False(await Store.ReplaceAsync(Open with { Mode = RegistrationMode.Off, Version = 2 }, Entry(), Stop));

        Assert.Equal(RegistrationMode.Open, (await Store.FindAsync(Stop))!.Mode);
        Assert.Equal(before, await NewestAsync());
    }

    private static AuditEntry Entry() => new(Actor.Signet, "registration.policy_changed", "registration", "test");

    private async Task<long> NewestAsync() => (await Host.Get<AuditLog>().FindNewestAsync(Stop))?.Number ?? 0;
}

public sealed class SqliteRegistrationPolicyStoreTests() : RegistrationPolicyStoreContract(StoreKinds.Sqlite);

public sealed class RedisRegistrationPolicyStoreTests(RedisServer redis) : RegistrationPolicyStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterRegistrationPolicyStoreTests(RedisCluster cluster)
    : RegistrationPolicyStoreContract(cluster.Settings());
