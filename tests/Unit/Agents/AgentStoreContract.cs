using Dashboard.Core.Agents;
using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Agents;

/// <summary>What every store of agents must do.</summary>
public abstract class AgentStoreContract(IReadOnlyDictionary<string, string?> settings) : StoreContract(settings)
{
    private static readonly DateTimeOffset Start = LedgerRows.Start;

    private IAgentStore Store => Host.Get<IAgentStore>();

    [Fact]
    public async Task Registered_agent_is_found_as_it_was_with_its_token()
    {
        await AddKeysAsync("ak_1", "ak_2");
        var first = AgentBuilder.Agent();
        var second = AgentBuilder.Agent("agent-2", "ak_2") with
        {
            TempTokenId = null,
            RegisteredAt = Start.AddSeconds(1),
            Profile = AgentBuilder.Profile() with { Features = ["x"], MaxTokens = 5, RateLimit = 7, PolicyTags = [], AiContext = "y" },
        };

        Assert.Equal(new AgentWrite.Done(null, null), await RegisterAsync(first, LedgerRows.Row("token-of-agent-1")));
        Assert.Equal(new AgentWrite.Done(null, null), await RegisterAsync(second));
        await Host.ReopenAsync();

        Assert.Equivalent(first, await Store.FindAsync("agent-1", Stop), strict: true);
        Assert.Equivalent(new[] { second, first }, await Store.ReadAsync(Stop), strict: true);
        Assert.Null(await Store.FindAsync("nobody", Stop));
        Assert.NotNull(await Host.Get<ITokenLedger>().FindAsync("token-of-agent-1", Stop));
    }

    [Fact]
    public async Task Of_many_registrations_of_one_agent_at_once_one_succeeds()
    {
        await AddKeysAsync("ak_1");

        var written = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => RegisterAsync(
            AgentBuilder.Agent() with { Registration = $"r-{number}" }, LedgerRows.Row($"t-{number}")))));

        var winner = Array.FindIndex(written, outcome => outcome is AgentWrite.Done);
        Assert.Equal(31, written.Count(outcome => outcome is AgentWrite.Duplicate));
        Assert.Equal($"r-{winner}", (await Store.FindAsync("agent-1", Stop))!.Registration);
        Assert.NotNull(await Host.Get<ITokenLedger>().FindAsync($"t-{winner}", Stop));
        Assert.Null(await Host.Get<ITokenLedger>().FindAsync($"t-{(winner + 1) % 32}", Stop));
    }

    [Fact]
    public async Task Of_many_agents_with_one_key_at_once_one_registers()
    {
        await AddKeysAsync("ak_1");

        var written = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() =>
            RegisterAsync(AgentBuilder.Agent($"agent-{number}")))));

        var winner = Array.FindIndex(written, outcome => outcome is AgentWrite.Done);
        Assert.Equal(31, written.Count(outcome => outcome is AgentWrite.KeyInUse { By.Id: var by } && by == $"agent-{winner}"));
        Assert.Equal($"agent-{winner}", Assert.Single(await Store.ReadAsync(Stop)).Id);
    }

    [Fact]
    public async Task Dead_agent_registers_anew_and_makes_room_for_another_with_its_key()
    {
        await AddKeysAsync("ak_1", "ak_2");
        var first = AgentBuilder.Agent();
        await RegisterAsync(first);
        var later = first with { Registration = "again", TempTokenId = "temp-2", RegisteredAt = Start.AddMinutes(2), LastSeenAt = Start.AddMinutes(2) };

        Assert.IsType<AgentWrite.TempTokenUsed>(await RegisterAsync(later with { TempTokenId = first.TempTokenId }));
        Assert.Equivalent(first, Assert.IsType<AgentWrite.Done>(await RegisterAsync(later with { KeyId = "ak_2" })).Replaced, strict: true);

        // Its first key is free again, and it is alive by the second.
        Assert.IsType<AgentWrite.Done>(await RegisterAsync(AgentBuilder.Agent("agent-2") with { RegisteredAt = Start.AddMinutes(2) }));
        var third = AgentBuilder.Agent("agent-3", "ak_2") with { RegisteredAt = Start.AddMinutes(2) };
        Assert.IsType<AgentWrite.KeyInUse>(await RegisterAsync(third));

        var last = third with { RegisteredAt = Start.AddMinutes(10), LastSeenAt = Start.AddMinutes(10) };
        var done = Assert.IsType<AgentWrite.Done>(await RegisterAsync(last));
        Assert.Equal((null, "agent-1"), (done.Replaced, done.Displaced?.Id));
        Assert.Equal(["agent-3", "agent-2"], (await Store.ReadAsync(Stop)).Select(agent => agent.Id));
    }

    [Fact]
    public async Task Nobody_registers_with_a_key_that_is_disabled_expired_or_gone()
    {
        await AddKeysAsync("ak_1");
        var keys = Host.Get<IAgentKeyStore>();
        await keys.AddAsync(AgentBuilder.Key("ak_2") with { IsEnabled = false }, Entry(), Stop);
        await keys.AddAsync(AgentBuilder.Key("ak_3") with { ExpiresAt = Start.AddSeconds(1) }, Entry(), Stop);

        Assert.IsType<AgentWrite.KeyUnusable>(await RegisterAsync(AgentBuilder.Agent("agent-2", "ak_2")));
        Assert.IsType<AgentWrite.Done>(await RegisterAsync(AgentBuilder.Agent("agent-3", "ak_3")));
        Assert.IsType<AgentWrite.KeyUnusable>(await RegisterAsync(AgentBuilder.Agent("agent-4", "ak_3") with { RegisteredAt = Start.AddSeconds(1) }));
        Assert.IsType<AgentWrite.KeyUnusable>(await RegisterAsync(AgentBuilder.Agent("agent-5", "ak_5")));
    }

    [Fact]
    public async Task Heartbeats_never_turn_back_and_bring_nobody_back()
    {
        await AddKeysAsync("ak_1");
        await RegisterAsync(AgentBuilder.Agent());

        await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() =>
            Store.RecordAsync([new AgentSeen("agent-1", Start.AddSeconds(number)), new AgentSeen("nobody", Start)], Stop))));

        Assert.Equivalent(AgentBuilder.Agent() with { LastSeenAt = Start.AddSeconds(31) }, await Store.FindAsync("agent-1", Stop), strict: true);
        Assert.Null(await Store.FindAsync("nobody", Stop));
    }

    [Fact]
    public async Task Remove_takes_only_what_it_means()
    {
        await AddKeysAsync("ak_1");
        await RegisterAsync(AgentBuilder.Agent());
        await Store.RecordAsync([new AgentSeen("agent-1", Start.AddSeconds(5))], Stop);
        var before = await NewestAsync();

        Assert.False(await Store.RemoveAsync("nobody", null, null, Entry(), Stop));
        Assert.False(await Store.RemoveAsync("agent-1", "another", null, Entry(), Stop));
        Assert.False(await Store.RemoveAsync("agent-1", null, Start.AddSeconds(5), Entry(), Stop));
        Assert.Equal(before, await NewestAsync());
        Assert.Equal(["agent-1"], (await Store.FindSilentAsync(Start.AddSeconds(6), 5, Stop)).Select(agent => agent.Id));
        Assert.Empty(await Store.FindSilentAsync(Start.AddSeconds(5), 5, Stop));

        var removed = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(() =>
            Store.RemoveAsync("agent-1", "registration-of-agent-1", Start.AddSeconds(6), Entry(), Stop))));

        Assert.Single(removed, true);
        Assert.Equal(before + 1, await NewestAsync());
        Assert.IsType<AgentWrite.Done>(await RegisterAsync(AgentBuilder.Agent("agent-2")));
        Assert.True(await Store.RemoveAsync("agent-2", null, null, null, Stop));
        Assert.Equal(before + 1, await NewestAsync());
    }

    private Task<AgentWrite> RegisterAsync(Agent agent, LedgerEntry? row = null) => Store.RegisterAsync(
        agent,
        agent.RegisteredAt.AddMinutes(-1),
        row is null ? LedgerChange.None : new LedgerChange(row, agent.TempTokenId, agent.RegisteredAt),
        Stop);

    private async Task AddKeysAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            Assert.True(await Host.Get<IAgentKeyStore>().AddAsync(AgentBuilder.Key(id), Entry(), Stop));
        }
    }

    private static AuditEntry Entry() => new(Actor.Signet, "agent.removed", "agent", "agent-1");

    private async Task<long> NewestAsync() => (await Host.Get<IAuditStore>().FindNewestAsync(Stop))!.Number;
}

public sealed class SqliteAgentStoreTests() : AgentStoreContract(StoreKinds.Sqlite);

public sealed class RedisAgentStoreTests(RedisServer redis) : AgentStoreContract(redis.Settings());

[Collection<RedisClusterTests>]
public sealed class RedisClusterAgentStoreTests(RedisCluster cluster) : AgentStoreContract(cluster.Settings());
