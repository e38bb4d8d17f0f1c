using System.Collections.Concurrent;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Clients;

/// <summary>Finds clients: from memory nearly always, for every token that names one is asked about.</summary>
public sealed class ClientDirectory
{
    // Far more than act at the same time; past it, memory starts anew.
    private const int MostRemembered = 10_000;

    private readonly IClientStore _store;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;
    private ConcurrentDictionary<string, Client?> _known = new(StringComparer.Ordinal);
    private long _generation;

    internal ClientDirectory(IClientStore store, IChangeFeed feed, TimeProvider clock) =>
        (_store, _feed, _clock) = (store, feed, clock);

    /// <summary>A registration or tombstone, or null where there is none with this id.</summary>
    /// <exception cref="StoreUnavailableException">Memory has no answer and the store cannot be read.</exception>
    public ValueTask<Client?> FindAsync(string id, CancellationToken cancellationToken) =>
        _feed.IsCurrent && Volatile.Read(ref _known).TryGetValue(id, out var known)
            ? ValueTask.FromResult(known)
            : new ValueTask<Client?>(ReadAsync(id, cancellationToken));

    /// <summary>The same from the store, with its newest uses: for those who show them.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<Client?> ReadAsync(string id, CancellationToken cancellationToken)
    {
        // What changed while it was read is not remembered: the next one reads again.
        var generation = Interlocked.Read(ref _generation);
        var found = await _store.FindAsync(id, cancellationToken);
        var known = Volatile.Read(ref _known);
        if (known.Count >= MostRemembered)
        {
            Forget(null);
            return found;
        }

        known[id] = found;
        if (Interlocked.Read(ref _generation) != generation)
        {
            known.TryRemove(id, out _);
        }

        return found;
    }

    /// <summary>Lists clients, newest first; see <see cref="ClientFilter"/>.</summary>
    public Task<Page<Client>> ListAsync(ClientFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        _store.ListAsync(filter, _clock.GetUtcNow(), cursor, limit, cancellationToken);

    /// <summary>Reads from the store again what is asked for next: one client, or all of them where null.</summary>
    internal void Forget(string? id)
    {
        Interlocked.Increment(ref _generation);
        if (id is null)
        {
            Volatile.Write(ref _known, new ConcurrentDictionary<string, Client?>(StringComparer.Ordinal));
        }
        else
        {
            Volatile.Read(ref _known).TryRemove(id, out _);
        }
    }
}
