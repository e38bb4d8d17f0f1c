using System.Collections.Immutable;
using Dashboard.Core.Agents;
using Dashboard.Core.Clients;
using Dashboard.Core.Operators;

namespace Dashboard.Core.Tokens.ResourceServers;

/// <summary>
/// Who may not act now though their tokens are not revoked, and may be let in again: clients, people and agents. In memory,
/// because every API asks every second.
/// </summary>
internal sealed class Suspensions(
    IClientStore clients, IAgentStore agents, AgentKeyDirectory keys, OperatorDirectory operators, TimeProvider clock)
{
    // Far longer than it takes until clients are read again: an API knows what is about to expire before it does.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    private volatile ImmutableDictionary<string, DateTimeOffset> _clients = ImmutableDictionary<string, DateTimeOffset>.Empty;
    private volatile ImmutableDictionary<string, string> _keysOfAgents = ImmutableDictionary<string, string>.Empty;
    private volatile Reading? _newest;

    /// <summary>Everybody, as it is known now.</summary>
    public SuspensionSet Read()
    {
        var sources = new Sources(_clients, _keysOfAgents, keys.All, operators.All);
        if (_newest is { } newest && newest.Sources == sources)
        {
            return newest.Set;
        }

        var set = SuspensionSet.Of([.. ClientsIn(sources), .. AgentsIn(sources), .. PeopleIn(sources)]);
        _newest = new Reading(sources, set);
        return set;
    }

    /// <summary>Reads everything that is stored. Call once at start.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await LoadClientsAsync(null, cancellationToken);
        await LoadAgentsAsync(null, cancellationToken);
    }

    /// <summary>Reads one client again, or all of them where null. One call at a time.</summary>
    public async Task LoadClientsAsync(string? id, CancellationToken cancellationToken)
    {
        var soon = clock.GetUtcNow() + Ahead;
        if (id is null)
        {
            var all = await clients.FindBarredAsync(soon, cancellationToken);
            _clients = all.ToImmutableDictionary(client => client.Id, client => client.BarredFrom!.Value, StringComparer.Ordinal);
            return;
        }

        var found = await clients.FindAsync(id, cancellationToken);
        _clients = found?.BarredFrom is { } from && from < soon ? _clients.SetItem(id, from) : _clients.Remove(id);
    }

    /// <summary>Reads again by which key one agent lives, or all of them where null. One call at a time.</summary>
    public async Task LoadAgentsAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            var all = await agents.ReadAsync(cancellationToken);
            _keysOfAgents = all.ToImmutableDictionary(agent => agent.Id, agent => agent.KeyId, StringComparer.Ordinal);
            return;
        }

        var found = await agents.FindAsync(id, cancellationToken);
        _keysOfAgents = found is null ? _keysOfAgents.Remove(id) : _keysOfAgents.SetItem(id, found.KeyId);
    }

    private static IEnumerable<Suspension> ClientsIn(Sources sources) => sources.Clients.Select(client =>
        Suspension.Of("client", client.Key, client.Value == DateTimeOffset.MinValue ? null : client.Value));

    private static IEnumerable<Suspension> AgentsIn(Sources sources)
    {
        var keys = sources.Keys.ToDictionary(key => key.Id, StringComparer.Ordinal);
        foreach (var (agent, keyId) in sources.KeysOfAgents)
        {
            var key = keys.GetValueOrDefault(keyId);
            if (key is not { IsEnabled: true, ExpiresAt: null })
            {
                yield return Suspension.Of("subject", Subjects.OfAgent(agent), key is { IsEnabled: true } ? key.ExpiresAt : null);
            }
        }
    }

    // As API tokens name them, and as those of operators do.
    private static IEnumerable<Suspension> PeopleIn(Sources sources) => sources.Operators
        .Where(account => !account.IsEnabled)
        .SelectMany(account => new[] { Subjects.OfUser(account.UserName), Subjects.OfOperator(account.UserName) })
        .Select(subject => Suspension.Of("person", subject.ToUpperInvariant(), null));

    // Each of them is replaced and never changed, so the same ones say the same.
    private sealed record Sources(
        ImmutableDictionary<string, DateTimeOffset> Clients,
        ImmutableDictionary<string, string> KeysOfAgents,
        IReadOnlyList<AgentKey> Keys,
        IReadOnlyList<OperatorAccount> Operators);

    private sealed record Reading(Sources Sources, SuspensionSet Set);
}
