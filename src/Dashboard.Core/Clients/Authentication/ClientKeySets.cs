using System.Collections.Concurrent;
using System.Text;

namespace Dashboard.Core.Clients.Authentication;

/// <summary>
/// The public keys of clients: from their registration, or from the address it names. What was fetched is remembered, also
/// that nothing was: whoever invents key ids makes us ask no more than once a minute. Keys that were had stay good while their
/// address fails.
/// </summary>
internal sealed class ClientKeySets(GuardedHttp http, TimeProvider clock)
{
    /// <summary>How long a set is believed without looking again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>How soon it is looked at again for a key that is not in it.</summary>
    public static readonly TimeSpan CoolDown = TimeSpan.FromMinutes(1);

    private const int MostSets = 1_000;

    private readonly ConcurrentDictionary<string, FetchedSet> _sets = new(StringComparer.Ordinal);

    /// <summary>The keys of a client; none where it has none, or where they cannot be had.</summary>
    /// <param name="client">Whose.</param>
    /// <param name="keyId">The key that is looked for; null for any.</param>
    /// <param name="cancellationToken">Ends the waiting, not the fetching: others may wait for the same.</param>
    public Task<IReadOnlyList<AssertionKey>> FindAsync(Client client, string? keyId, CancellationToken cancellationToken) =>
        client.Details switch
        {
            { Jwks: { } json } => Task.FromResult(AssertionKey.ReadSet(Encoding.UTF8.GetBytes(json))),
            { JwksUri: { } address } => FindFetchedAsync(address, keyId, cancellationToken),
            _ => Task.FromResult<IReadOnlyList<AssertionKey>>([]),
        };

    private async Task<IReadOnlyList<AssertionKey>> FindFetchedAsync(
        string address, string? keyId, CancellationToken cancellationToken)
    {
        if (_sets.Count >= MostSets)
        {
            _sets.Clear();
        }

        var set = _sets.GetOrAdd(address, static (key, sets) => sets.Fetch(key, []), this);
        var age = clock.GetUtcNow() - set.At;
        if (age >= Lifetime || (age >= CoolDown && !await set.HasAsync(keyId, cancellationToken)))
        {
            // One of those who find it too old fetches it again.
            var next = Fetch(address, (await set.Keys.Value.WaitAsync(cancellationToken)).Found);
            set = _sets.TryUpdate(address, next, set) ? next : _sets.GetOrAdd(address, next);
        }

        return (await set.Keys.Value.WaitAsync(cancellationToken)).Found;
    }

    private FetchedSet Fetch(string address, IReadOnlyList<AssertionKey> before) => new(
        clock.GetUtcNow(),
        new Lazy<Task<(IReadOnlyList<AssertionKey>, bool)>>(async () =>
            await http.FetchAsync(address, CancellationToken.None) is { } body
                ? (AssertionKey.ReadSet(body), true)
                : (before, false)));

    private sealed class FetchedSet(DateTimeOffset at, Lazy<Task<(IReadOnlyList<AssertionKey> Found, bool IsFresh)>> keys)
    {
        public DateTimeOffset At => at;

        public Lazy<Task<(IReadOnlyList<AssertionKey> Found, bool IsFresh)>> Keys => keys;

        // What could not be had is looked for again as soon as what is not there.
        public async Task<bool> HasAsync(string? keyId, CancellationToken cancellationToken) =>
            await keys.Value.WaitAsync(cancellationToken) is { IsFresh: true, Found: { Count: > 0 } found }
            && (keyId is null || found.Any(key => key.KeyId == keyId));
    }
}
