using System.Collections.Concurrent;
using Dashboard.Core.Outbound;

namespace Dashboard.Core.Keys.Public;

/// <summary>
/// Sets of public keys that are kept at an address. What was fetched is remembered, also that nothing was: whoever invents key
/// ids makes us ask no more than once a cool-down. At most one fetch an address runs; others wait for it. Keys that were had
/// stay while their address fails: how long they are still good is for whoever asks to say.
/// </summary>
internal sealed class FetchedKeySets(GuardedHttp http, TimeProvider clock)
{
    private const int MostSets = 1_000;

    private readonly ConcurrentDictionary<KeySetPlace, Entry> _entries = new();

    /// <summary>What is known now, without waiting.</summary>
    public KeySet Peek(KeySetPlace place) => _entries.TryGetValue(place, out var entry) ? entry.Known : KeySet.Nothing;

    /// <summary>The set; fetched where it is old, or where the key is not in it and the cool-down is over.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="keyId">The key that is looked for; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting, not the fetching: others may wait for the same.</param>
    public Task<KeySet> FindAsync(KeySetPlace place, string? keyId, CancellationToken cancellationToken) =>
        FetchIfAsync(place, known => known.IsDue(place, keyId, clock.GetUtcNow()), cancellationToken);

    /// <summary>The set, fetched anew unless that began less than the given time ago.</summary>
    public Task<KeySet> RefreshAsync(KeySetPlace place, TimeSpan unlessWithin, CancellationToken cancellationToken) =>
        FetchIfAsync(
            place,
            known => known.TriedAt is not { } tried || (clock.GetUtcNow() - tried).Duration() >= unlessWithin,
            cancellationToken);

    private async Task<KeySet> FetchIfAsync(KeySetPlace place, Func<KeySet, bool> isDue, CancellationToken cancellationToken)
    {
        if (_entries.Count >= MostSets && !_entries.ContainsKey(place))
        {
            _entries.Clear();
        }

        var entry = _entries.GetOrAdd(place, static _ => new Entry());
        Task<KeySet> running;
        lock (entry.Gate)
        {
            // Judged here: of those who find it too old, one fetches it again.
            if (entry.Running is null && isDue(entry.Known))
            {
                entry.Running = Task.Run(() => FetchAsync(place, entry), CancellationToken.None);
            }

            if (entry.Running is null)
            {
                return entry.Known;
            }

            running = entry.Running;
        }

        return await running.WaitAsync(cancellationToken);
    }

    private async Task<KeySet> FetchAsync(KeySetPlace place, Entry entry)
    {
        var at = clock.GetUtcNow();
        var before = entry.Known;
        var known = before with { TriedAt = at };
        try
        {
            known = Judge(place, before, await http.FetchAsync(place.Address, place.MayBePrivate, CancellationToken.None), at);
        }
        finally
        {
            lock (entry.Gate)
            {
                entry.Known = known;
                entry.Running = null;
            }
        }

        return known;
    }

    private static KeySet Judge(KeySetPlace place, KeySet before, Fetched fetched, DateTimeOffset at)
    {
        var keys = fetched.Body is { } body ? JwkSetReader.Read(body, place.MostKeys) : null;
        return keys is null
            ? before with
            {
                TriedAt = at,
                Fault = fetched.Fault ?? "What is there is no JWK set.",
                FailingSince = before.FailingSince ?? at,
            }
            : new KeySet
            {
                // The object of before for a key that has not changed: whoever verified something with it can tell.
                Keys = [.. keys.Select(key => before.Keys.FirstOrDefault(key.IsSame) ?? key)],
                FetchedAt = at,
                TriedAt = at,
            };
    }

    private sealed class Entry
    {
        private volatile KeySet _known = KeySet.Nothing;

        public Lock Gate { get; } = new();

        public KeySet Known
        {
            get => _known;
            set => _known = value;
        }

        /// <summary>The fetch that runs; null while none does.</summary>
        public Task<KeySet>? Running { get; set; }
    }
}
