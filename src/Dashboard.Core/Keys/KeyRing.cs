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
    private volatile Snapshot _keys = new(FrozenDictionary<string, SigningKey>.Empty, null);

    internal KeyRing(
        IKeyStore store, SystemSecrets secrets, IChangeFeed feed, IOptions<KeyOptions> options, TimeProvider clock) =>
        (_store, _secrets, _feed, _options, _clock) = (store, secrets, feed, options.Value, clock);

    /// <summary>All keys, newest first.</summary>
    public IReadOnlyList<SigningKey> All =>
        [.. _keys.ById.Values.OrderByDescending(key => key.CreatedAt).ThenBy(key => key.State)];

    /// <summary>The key that signs.</summary>
    public SigningKey Current => _keys.Current ?? throw new InvalidOperationException("The key ring was not loaded.");

    /// <summary>The key that will sign after the next rotation.</summary>
    public SigningKey? Next => _keys.ById.Values.FirstOrDefault(key => key.State is KeyState.Next);

    /// <summary>Finds a key by its <c>kid</c>, whatever its state.</summary>
    public SigningKey? Find(string keyId) => _keys.ById.GetValueOrDefault(keyId);

    public void Dispose() => _reading.Dispose();

    /// <summary>Loads the ring; a new store gets a key that signs and one that waits. Call once at start.</summary>
    /// <exception cref="StartupException">A key cannot be decrypted with this master key.</exception>
    internal async Task LoadAsync(CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        if (_keys.ById.Count == 0)
        {
            // Where another node makes its first keys at this moment, one of the two wins and both use its keys.
            var now = _clock.GetUtcNow();
            var current = NewKey(now) with { State = KeyState.Current, CurrentSince = now };
            await ApplyAsync(
                [new(null, current), new(null, NewKey(now))],
                new AuditEntry(Actor.Signet, "keys.created", "key", current.KeyId, "First start"),
                cancellationToken);
        }
    }

    /// <summary>A key in state <see cref="KeyState.Next"/> that is in no ring yet.</summary>
    internal SigningKey NewKey(DateTimeOffset now) => new(KeyMaterial.Generate(_options.Algorithm, _options.RsaBits))
    {
        KeyId = Identifiers.NewId(),
        Algorithm = _options.Algorithm,
        State = KeyState.Next,
        CreatedAt = now,
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

            var keys = stored.Select(key => Open(key, known.GetValueOrDefault(key.Key.KeyId)?.Material)).ToList();
            _keys = new Snapshot(
                keys.ToFrozenDictionary(key => key.KeyId, StringComparer.Ordinal),
                keys.Find(key => key.State is KeyState.Current));
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
            };
        }
        catch (CryptographicException exception)
        {
            throw SystemSecrets.WrongMasterKey(exception);
        }
    }

    private sealed record Snapshot(FrozenDictionary<string, SigningKey> ById, SigningKey? Current);
}
