using System.Collections.Frozen;
using System.Security.Cryptography;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Material;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys;

/// <summary>Every key, in memory. Signing and verifying read a snapshot and never wait.</summary>
public sealed class KeyRing : IDisposable
{
    private readonly IKeyStore _store;
    private readonly SystemSecrets _secrets;
    private readonly IChangeFeed _feed;
    private readonly KeyOptions _options;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private volatile Snapshot _keys = new([]);

    internal KeyRing(
        IKeyStore store, SystemSecrets secrets, IChangeFeed feed, IOptions<KeyOptions> options, TimeProvider clock)
    {
        (_store, _secrets, _feed, _options, _clock) = (store, secrets, feed, options.Value, clock);
        Algorithms = _options.AllAlgorithms;
    }

    /// <summary>What new tokens may be signed with, the default first. Each has keys of its own.</summary>
    public IReadOnlyList<KeyAlgorithm> Algorithms { get; }

    /// <summary>All keys, newest first.</summary>
    public IReadOnlyList<SigningKey> All =>
        [.. _keys.ById.Values.OrderByDescending(key => key.CreatedAt).ThenBy(key => key.State)];

    /// <summary>The key that signs where nobody chose an algorithm.</summary>
    public SigningKey Current => SigningKeyFor(null);

    /// <summary>The key of an algorithm that signs; null where none is ready yet.</summary>
    public SigningKey? CurrentOf(KeyAlgorithm algorithm) => _keys.Current.GetValueOrDefault(algorithm);

    /// <summary>The key of an algorithm that signs after its next rotation; null where the algorithm has no keys.</summary>
    public SigningKey? NextOf(KeyAlgorithm algorithm) =>
        _keys.ById.Values.FirstOrDefault(key => key.State is KeyState.Next && key.Algorithm == algorithm);

    /// <summary>
    /// The key to sign with: of the chosen algorithm where it is allowed and a key is ready, of the default one otherwise. While
    /// that has no key that every verifier knows, as after it was changed, of any that has.
    /// </summary>
    public SigningKey SigningKeyFor(KeyAlgorithm? chosen)
    {
        var keys = _keys;
        return (chosen is { } wanted && Algorithms.Contains(wanted) ? keys.Current.GetValueOrDefault(wanted) : null)
            ?? keys.Current.GetValueOrDefault(Algorithms[0])
            ?? keys.Current.Values.MaxBy(key => key.CurrentSince)
            ?? throw new InvalidOperationException("The key ring was not loaded.");
    }

    /// <summary>Finds a key by its <c>kid</c>, whatever its state.</summary>
    public SigningKey? Find(string keyId) => _keys.ById.GetValueOrDefault(keyId);

    /// <summary>True where the tokens of an issuer that name no key are ours to judge, because it was taken over.</summary>
    internal bool HasTakenOver(string? issuer) => issuer is not null && _keys.ByIssuer.Contains(issuer);

    /// <summary>The keys that verify such tokens, whatever their state, newest first.</summary>
    internal IEnumerable<SigningKey> FindOf(string issuer, KeyAlgorithm algorithm) =>
        _keys.ByIssuer[issuer].Where(key => key.Algorithm == algorithm);

    public void Dispose() => _reading.Dispose();

    /// <summary>
    /// Loads the ring and makes the keys that are missing. In a new store they sign at once; an algorithm that is new in an old
    /// one waits until its key is known everywhere. Call once at start.
    /// </summary>
    /// <param name="given">Keys that sign in a new store in place of new ones.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StartupException">A key cannot be decrypted with this master key.</exception>
    internal async Task LoadAsync(IReadOnlyList<SigningKey> given, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        var isNew = _keys.ById.Count == 0;

        // Where another node does the same at this moment, one of the two wins and both use its keys.
        List<SigningKey> made = [.. isNew ? FirstKeys(given) : Algorithms.Where(Lacks).Select(algorithm => NewKey(algorithm))];
        if (made is not [])
        {
            await ApplyAsync(
                [.. made.Select(key => ((KeyState?)null, key))],
                new AuditEntry(
                    Actor.Signet, "keys.created", "key", made[0].KeyId, isNew ? "First start" : "An algorithm was added to the settings"),
                cancellationToken);
        }
    }

    /// <summary>A key in state <see cref="KeyState.Next"/> that is in no ring yet.</summary>
    internal SigningKey NewKey(KeyAlgorithm algorithm) => new(KeyMaterial.Generate(algorithm, _options.RsaBits))
    {
        KeyId = Identifiers.NewId(),
        Algorithm = algorithm,
        State = KeyState.Next,
        CreatedAt = _clock.GetUtcNow(),
    };

    /// <summary>Stores the changes and shows them to every reader; false where another change came first.</summary>
    internal async Task<bool> ApplyAsync(
        IReadOnlyList<(KeyState? From, SigningKey Key)> changes, AuditEntry audit, CancellationToken cancellationToken)
    {
        bool applied;
        try
        {
            applied = await StoreAsync(changes, audit, cancellationToken);
        }
        catch (MasterKeyChangedException)
        {
            _secrets.Reload();
            applied = await StoreUnderNewKeyAsync(changes, audit, cancellationToken);
        }

        await RefreshAsync(cancellationToken);
        await _feed.TellAsync(new Change(ChangeKind.Keys, null));
        return applied;
    }

    /// <summary>Reads the ring again, after another node may have changed it.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        // One at a time: an older reading must not replace a newer one.
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var known = _keys.ById;
            var stored = await _store.ReadAsync(cancellationToken);
            if (stored.Count == 0 && known.Count > 0)
            {
                // One always signs: somebody emptied the store under us.
                throw new StoreUnavailableException("The store has lost its signing keys.");
            }

            _keys = new Snapshot([.. stored.Select(key => Open(key, known.GetValueOrDefault(key.Key.KeyId)?.Material))]);
        }
        finally
        {
            _reading.Release();
        }
    }

    private Task<bool> StoreAsync(
        IReadOnlyList<(KeyState? From, SigningKey Key)> changes, AuditEntry audit, CancellationToken cancellationToken) =>
        _store.ApplyAsync(
            [.. changes.Select(change => new KeyChange(change.From, change.Key, Seal(change.Key)))], audit, cancellationToken);

    private async Task<bool> StoreUnderNewKeyAsync(
        IReadOnlyList<(KeyState? From, SigningKey Key)> changes, AuditEntry audit, CancellationToken cancellationToken)
    {
        try
        {
            return await StoreAsync(changes, audit, cancellationToken);
        }
        catch (MasterKeyChangedException exception)
        {
            throw new StoreUnavailableException(
                "The master key was changed, and this node does not have the new one. Start it again with that.", exception);
        }
    }

    private bool Lacks(KeyAlgorithm algorithm) => CurrentOf(algorithm) is null && NextOf(algorithm) is null;

    private IEnumerable<SigningKey> FirstKeys(IReadOnlyList<SigningKey> given)
    {
        var now = _clock.GetUtcNow();
        foreach (var algorithm in Algorithms)
        {
            var first = given.FirstOrDefault(key => key.Algorithm == algorithm) ?? NewKey(algorithm);
            yield return first with { State = KeyState.Current, CurrentSince = now };
            yield return NewKey(algorithm);
        }
    }

    private byte[] Seal(SigningKey key) =>
        _secrets.MasterKey.Seal(key.Material.ExportPrivate(), SealedPurposes.OfKey(key.KeyId, key.Algorithm.ToString()));

    private SigningKey Open(StoredKey stored, KeyMaterial? known)
    {
        var row = stored.Key;
        try
        {
            var material = known ?? KeyMaterial.Import(
                row.Algorithm,
                _secrets.Open(stored.SealedPrivatePart, SealedPurposes.OfKey(row.KeyId, row.Algorithm.ToString())));
            return new SigningKey(material)
            {
                KeyId = row.KeyId,
                Algorithm = row.Algorithm,
                State = row.State,
                CreatedAt = row.CreatedAt,
                CurrentSince = row.CurrentSince,
                PreviousSince = row.PreviousSince,
                RetiredAt = row.RetiredAt,
                RevokedAt = row.RevokedAt,
                SharedAt = row.SharedAt,
                IsImported = row.IsImported,
                Issuer = row.Issuer,
            };
        }
        catch (CryptographicException exception)
        {
            throw SystemSecrets.WrongMasterKey(exception);
        }
    }

    private sealed class Snapshot(IReadOnlyList<SigningKey> keys)
    {
        public FrozenDictionary<string, SigningKey> ById { get; } = keys.ToFrozenDictionary(key => key.KeyId, StringComparer.Ordinal);

        public FrozenDictionary<KeyAlgorithm, SigningKey> Current { get; } =
            keys.Where(key => key.State is KeyState.Current).ToFrozenDictionary(key => key.Algorithm);

        public ILookup<string, SigningKey> ByIssuer { get; } = keys.Where(key => key.Issuer is not null)
            .OrderByDescending(key => key.CreatedAt)
            .ToLookup(key => key.Issuer!, StringComparer.Ordinal);
    }
}
