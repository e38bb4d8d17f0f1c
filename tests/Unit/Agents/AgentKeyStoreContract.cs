using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Agents;

/// <summary>What every store of agent keys must do.</summary>
public abstract class AgentKeyStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Start = LedgerRows.Start;

    private IAgentKeyStore Store => Host.Get<IAgentKeyStore>();

    [Fact]
    public async Task Added_key_is_found_as_it_was_newest_first()
    {
        var first = AgentBuilder.Key() with { AllowedTypes = ["testing", "security"], ExpiresAt = Start.AddDays(1), IsEnabled = false };
        var second = AgentBuilder.Key("ak_2") with { CreatedAt = Start.AddSeconds(1), Origin = AgentKeyOrigin.Configuration };

        Assert.True(await Store.AddAsync(first, Entry(), Stop));
        Assert.True(await Store.AddAsync(second, Entry(), Stop));
        await Host.ReopenAsync();

        Assert.Equivalent(new[] { second, first }, await Store.ReadAsync(Stop), strict: true);
    }

    [Fact]
    public async Task Of_many_keys_with_one_secret_at_once_one_is_added()
    {
        var before = await NewestAsync();

        var added = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => Store.AddAsync(
            AgentBuilder.Key($"ak_{number}") with { Secrets = AgentBuilder.Key().Secrets }, Entry(), Stop))));

        Assert.Single(added, true);
        Assert.Single(await Store.ReadAsync(Stop));
        Assert.Equal(before + 1, await NewestAsync());
    }

    [Fact]
    public async Task Of_many_replacements_from_one_version_one_succeeds_and_uses_stay()
    {
        var key = await AddAsync(AgentBuilder.Key());
        await Store.RecordAsync([new AgentKeyUse("ak_1", "agent-1", Start.AddSeconds(3)), new AgentKeyUse("nobody", "a", Start)], Stop);
        await Store.RecordAsync([new AgentKeyUse("ak_1", "agent-2", Start.AddSeconds(2))], Stop);

        var replaced = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => Store.ReplaceAsync(
            key with { Secrets = [key.Secrets[0] with { EndsAt = Start.AddDays(1) }, New(number)], LastUsedAt = null }, Entry(), Stop))));

        var winner = Array.IndexOf(replaced, true);
        Assert.Single(replaced, true);
        Assert.Equivalent(
            key with
            {
                Secrets = [key.Secrets[0] with { EndsAt = Start.AddDays(1) }, New(winner)],
                LastUsedAt = Start.AddSeconds(3),
                LastUsedBy = "agent-1",
                Version = 1,
            },
            Assert.Single(await Store.ReadAsync(Stop)),
            strict: true);

        static AgentKeySecret New(int number) => AgentKeySecrets.Keep($"sgt_ak_number-{number}", Start);
    }

    [Fact]
    public async Task Keys_that_expire_are_found_the_first_first()
    {
        await AddAsync(AgentBuilder.Key("ak_never"));
        await AddAsync(AgentBuilder.Key("ak_late") with { ExpiresAt = Start.AddDays(9) });
        var soon = await AddAsync(AgentBuilder.Key("ak_soon") with { ExpiresAt = Start.AddDays(2) });
        await AddAsync(AgentBuilder.Key("ak_next") with { ExpiresAt = Start.AddDays(1) });
        await AddAsync(AgentBuilder.Key("ak_past") with { ExpiresAt = Start.AddMilliseconds(-1) });

        Assert.Equal(["ak_next", "ak_soon"], await ExpiringAsync(Start.AddDays(9), 5));
        Assert.Equal(["ak_next"], await ExpiringAsync(Start.AddDays(9), 1));
        Assert.Equal(["ak_next"], (await Store.FindExpiringAsync(Start.AddDays(1), Start.AddDays(2), 5, Stop)).Select(key => key.Id));
        Assert.True(await Store.ReplaceAsync(soon with { ExpiresAt = null }, Entry(), Stop));
        Assert.True(await Store.DeleteAsync("ak_next", Entry(), Stop));
        Assert.Equal(["ak_late"], await ExpiringAsync(Start.AddDays(10), 5));
    }

    [Fact]
    public async Task Key_of_an_agent_is_not_deleted()
    {
        await AddAsync(AgentBuilder.Key());
        await Host.Get<IAgentStore>().RegisterAsync(AgentBuilder.Agent(), Start.AddMinutes(-1), LedgerChange.None, Stop);
        var before = await NewestAsync();

        Assert.False(await Store.DeleteAsync("ak_1", Entry(), Stop));
        Assert.False(await Store.DeleteAsync("nobody", Entry(), Stop));
        Assert.Equal(before, await NewestAsync());
        await Host.Get<IAgentStore>().RemoveAsync("agent-1", null, null, null, Stop);
        Assert.True(await Store.DeleteAsync("ak_1", Entry(), Stop));
        Assert.True(await Store.AddAsync(AgentBuilder.Key(), Entry(), Stop));
    }

    private async Task<AgentKey> AddAsync(AgentKey key)
    {
        Assert.True(await Store.AddAsync(key, Entry(), Stop));
        return key;
    }

    private async Task<string[]> ExpiringAsync(DateTimeOffset before, int limit) =>
        [.. (await Store.FindExpiringAsync(Start, before, limit, Stop)).Select(key => key.Id)];

    private static AuditEntry Entry() => new(Actor.Signet, "agent_key.changed", "agent_key", "ak_1");

    private async Task<long> NewestAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteAgentKeyStoreTests() : AgentKeyStoreContract(StoreKinds.Sqlite);

public sealed class RedisAgentKeyStoreTests(RedisServer redis) : AgentKeyStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterAgentKeyStoreTests(RedisCluster cluster) : AgentKeyStoreContract(cluster.Settings());
