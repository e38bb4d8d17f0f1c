using System.Collections.Concurrent;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Agents;

/// <summary>
/// Notes in memory which agents live and which keys were used, and writes it in batches: nobody ever waits for it. A crash loses
/// a second of it, which the next heartbeat makes up for.
/// </summary>
public sealed class AgentHeartbeats : BatchWriter
{
    private const int MostWaiting = 50_000;
    private const int BatchSize = 500;
    private readonly IAgentStore _agents;
    private readonly IAgentKeyStore _keys;
    private readonly ILogger<AgentHeartbeats> _logger;

    // One entry each: of many within a second the last stands for all.
    private ConcurrentDictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, DateTimeOffset> _writing = new(StringComparer.Ordinal);
    private ConcurrentDictionary<string, AgentKeyUse> _used = new(StringComparer.Ordinal);
    private bool _isDelayed;

    internal AgentHeartbeats(IAgentStore agents, IAgentKeyStore keys, TimeProvider clock, ILogger<AgentHeartbeats> logger)
        : base(clock) =>
        (_agents, _keys, _logger) = (agents, keys, logger);

    /// <summary>An agent said just now that it lives; returns when that is.</summary>
    public DateTimeOffset Record(string agentId)
    {
        var now = Clock.GetUtcNow().CutToMilliseconds();
        Keep(Volatile.Read(ref _seen), agentId, now);
        return now;
    }

    /// <summary>An agent asked with a key just now.</summary>
    internal void RecordUse(string keyId, string agentId)
    {
        var now = Clock.GetUtcNow().CutToMilliseconds();
        Keep(Volatile.Read(ref _used), keyId, new AgentKeyUse(keyId, agentId, now));
    }

    /// <summary>When this node last heard of an agent, where that is not in the store yet; null where nothing waits.</summary>
    internal DateTimeOffset? FindWaiting(string agentId) =>
        Volatile.Read(ref _seen).TryGetValue(agentId, out var at) || Volatile.Read(ref _writing).TryGetValue(agentId, out at) ? at : null;

    /// <summary>Writes what waits; what cannot be written waits on.</summary>
    internal override async Task WriteAsync(CancellationToken cancellationToken)
    {
        var (seen, used) = (Take(ref _seen), Take(ref _used));
        if (seen is null && used is null)
        {
            return;
        }

        try
        {
            Volatile.Write(ref _writing, seen ?? new(StringComparer.Ordinal));
            foreach (var batch in (seen ?? []).Select(item => new AgentSeen(item.Key, item.Value)).Chunk(BatchSize))
            {
                await _agents.RecordAsync(batch, cancellationToken);
            }

            foreach (var batch in (used ?? []).Select(item => item.Value).Chunk(BatchSize))
            {
                await _keys.RecordAsync(batch, cancellationToken);
            }

            _isDelayed = false;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or OperationCanceledException)
        {
            PutBack(seen, Volatile.Read(ref _seen));
            PutBack(used, Volatile.Read(ref _used));
            if (exception is OperationCanceledException)
            {
                throw;
            }

            // Once, not every second until it is over.
            if (!_isDelayed)
            {
                _logger.HeartbeatsDelayed(exception);
                _isDelayed = true;
            }
        }
    }

    private static ConcurrentDictionary<string, T>? Take<T>(ref ConcurrentDictionary<string, T> waiting) =>
        Volatile.Read(ref waiting).IsEmpty ? null : Interlocked.Exchange(ref waiting, new(StringComparer.Ordinal));

    private static void Keep<T>(ConcurrentDictionary<string, T> waiting, string id, T value)
    {
        if (waiting.Count < MostWaiting)
        {
            waiting[id] = value;
        }
    }

    // Newer ones stay. Those that were written are written again: that changes nothing.
    private static void PutBack<T>(ConcurrentDictionary<string, T>? items, ConcurrentDictionary<string, T> waiting)
    {
        foreach (var (id, value) in items ?? [])
        {
            if (waiting.Count < MostWaiting)
            {
                waiting.TryAdd(id, value);
            }
        }
    }
}
