using System.Collections.Concurrent;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Agents;

/// <summary>Finds agents: from memory nearly always where one of their tokens is asked about.</summary>
public sealed class AgentDirectory
{
    // Far more than act at the same time; past it, memory starts anew.
    private const int MostRemembered = 10_000;

    private readonly IAgentStore _store;
    private readonly AgentHeartbeats _heartbeats;
    private readonly IChangeFeed _feed;
    private readonly AgentOptions _options;
    private readonly TimeProvider _clock;
    private ConcurrentDictionary<string, Agent?> _known = new(StringComparer.Ordinal);
    private long _generation;

    internal AgentDirectory(
        IAgentStore store, AgentHeartbeats heartbeats, IChangeFeed feed, IOptions<AgentOptions> options, TimeProvider clock) =>
        (_store, _heartbeats, _feed, _options, _clock) = (store, heartbeats, feed, options.Value, clock);

    /// <summary>Agents that were seen after this are alive.</summary>
    public DateTimeOffset AliveSince => _options.AliveSince(_clock.GetUtcNow());

    /// <summary>An agent, or null where none is registered by this id. When it was last seen may be old.</summary>
    /// <exception cref="StoreUnavailableException">Memory has no answer and the store cannot be read.</exception>
    public ValueTask<Agent?> FindAsync(string id, CancellationToken cancellationToken) =>
        _feed.IsCurrent && Volatile.Read(ref _known).TryGetValue(id, out var known)
            ? ValueTask.FromResult(known)
            : new ValueTask<Agent?>(ReadAsync(id, cancellationToken));

    /// <summary>The same from the store, with when it was last seen: for those who show or judge it.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<Agent?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        // What changed while it was read is not remembered: the next one reads again.
        var generation = Interlocked.Read(ref _generation);
        var found = await _store.FindAsync(id, cancellationToken);
        var known = Volatile.Read(ref _known);
        if (known.Count >= MostRemembered)
        {
            Forget(null);
            return Newest(found);
        }

        known[id] = found;
        if (Interlocked.Read(ref _generation) != generation)
        {
            known.TryRemove(id, out _);
        }

        return Newest(found);
    }

    /// <summary>Every agent of a filter, newest first.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<IReadOnlyList<Agent>> ReadAsync(AgentFilter filter, CancellationToken cancellationToken)
    {
        var aliveSince = AliveSince;
        return [.. (await ReadAllAsync(cancellationToken)).Where(agent => filter.Matches(agent, aliveSince))];
    }

    /// <summary>Lists agents, newest first.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<Page<Agent>> ListAsync(AgentFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        filter.PageOf(await ReadAllAsync(cancellationToken), AliveSince, PageCursor.Parse(cursor), limit);

    /// <summary>Reads from the store again what is asked for next: one agent, or all of them where null.</summary>
    internal void Forget(string? id)
    {
        Interlocked.Increment(ref _generation);
        if (id is null)
        {
            Volatile.Write(ref _known, new ConcurrentDictionary<string, Agent?>(StringComparer.Ordinal));
        }
        else
        {
            Volatile.Read(ref _known).TryRemove(id, out _);
        }
    }

    private async Task<IReadOnlyList<Agent>> ReadAllAsync(CancellationToken cancellationToken) =>
        [.. (await _store.ReadAsync(cancellationToken)).Select(agent => Newest(agent)!)];

    // What this node has heard and not written yet.
    private Agent? Newest(Agent? agent) =>
        agent is not null && _heartbeats.FindWaiting(agent.Id) is { } at && at > agent.LastSeenAt ? agent with { LastSeenAt = at } : agent;
}
