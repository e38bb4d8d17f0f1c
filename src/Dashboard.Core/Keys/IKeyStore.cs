using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Protection;

namespace Dashboard.Core.Keys;

/// <summary>Keeps the key ring, private parts sealed.</summary>
internal interface IKeyStore
{
    /// <summary>Every key ever made.</summary>
    Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Applies all changes and the audit entry, or nothing: false where they do not fit (<see cref="KeyChanges.Fit"/>),
    /// because somebody else was faster.
    /// </summary>
    /// <exception cref="MasterKeyChangedException">The store is sealed by another master key than the changes.</exception>
    Task<bool> ApplyAsync(IReadOnlyList<KeyChange> changes, AuditEntry audit, CancellationToken cancellationToken);
}

/// <summary>A key as it is stored.</summary>
/// <param name="Key">The part that is no secret.</param>
/// <param name="SealedPrivatePart">The private part, sealed by the master key for <c>key:{kid}:{alg}</c>.</param>
internal sealed record StoredKey(KeyRow Key, byte[] SealedPrivatePart);

/// <summary>The part of a key that is no secret.</summary>
internal sealed record KeyRow(
    string KeyId,
    KeyAlgorithm Algorithm,
    KeyState State,
    byte[] PublicPart,
    DateTimeOffset CreatedAt,
    DateTimeOffset? CurrentSince,
    DateTimeOffset? PreviousSince,
    DateTimeOffset? RetiredAt,
    DateTimeOffset? RevokedAt,
    DateTimeOffset? SharedAt,
    bool IsImported)
{
    /// <inheritdoc cref="SigningKey.Issuer"/>
    public string? Issuer { get; init; }
}

/// <summary>A key that is added (<paramref name="From"/> is null) or moves from one state to another.</summary>
internal sealed record KeyChange(KeyState? From, SigningKey Key, byte[] SealedPrivatePart);

/// <summary>The store was sealed anew by another master key, which this node has not read yet. Nothing was changed.</summary>
internal sealed class MasterKeyChangedException() : Exception("The master key was changed.");

/// <summary>Decides whether changes fit a ring, for every adapter alike.</summary>
internal static class KeyChanges
{
    /// <summary>
    /// True where every key is in the state its change starts from, of each algorithm one key at most would sign and one wait, and
    /// no added key is there already under another name.
    /// </summary>
    public static bool Fit(IReadOnlyDictionary<string, StoredKeyRow> stored, IReadOnlyList<KeyChange> changes)
    {
        if (!changes.All(change => StateOf(stored, change.Key.KeyId) == change.From) || changes.Any(change => IsTwin(stored, change)))
        {
            return false;
        }

        var after = stored.Values.ToDictionary(
            row => row.KeyId, row => (State: StoredKeyRow.StateOf(row.State), row.Algorithm), StringComparer.Ordinal);
        foreach (var change in changes)
        {
            after[change.Key.KeyId] = (change.Key.State, change.Key.Algorithm.ToString());
        }

        return after.Values
            .Where(key => key.State is KeyState.Current or KeyState.Next)
            .GroupBy(key => key)
            .All(same => same.Count() == 1);
    }

    /// <summary>Makes sure that no key is sealed by one master key beside others that are sealed by another.</summary>
    /// <param name="stored">The sealed part of any stored key; null where there is none.</param>
    /// <param name="changes">What is to be stored.</param>
    public static void DemandSameMasterKey(byte[]? stored, IReadOnlyList<KeyChange> changes)
    {
        if (stored is not null && changes.Any(change => MasterKey.IdOf(change.SealedPrivatePart) != MasterKey.IdOf(stored)))
        {
            throw new MasterKeyChangedException();
        }
    }

    private static KeyState? StateOf(IReadOnlyDictionary<string, StoredKeyRow> stored, string keyId) =>
        stored.TryGetValue(keyId, out var row) ? StoredKeyRow.StateOf(row.State) : null;

    // A shared secret has nothing that could be compared here; the kid that it gets by itself is always the same.
    private static bool IsTwin(IReadOnlyDictionary<string, StoredKeyRow> stored, KeyChange change) =>
        change.From is null
        && change.Key.Material.ExportPublic() is { Length: > 0 } publicPart
        && stored.Values.Any(row => row.PublicPart.AsSpan().SequenceEqual(publicPart));
}
