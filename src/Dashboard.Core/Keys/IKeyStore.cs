using Dashboard.Core.Audit;

namespace Dashboard.Core.Keys;

/// <summary>Keeps the key ring, private parts sealed.</summary>
internal interface IKeyStore
{
    /// <summary>Every key ever made.</summary>
    Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Applies all changes and the audit entry, or nothing: false where some key is not in the state its change starts
    /// from, because somebody else was faster.
    /// </summary>
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
    DateTimeOffset? RevokedAt);

/// <summary>A key that is added (<paramref name="From"/> is null) or moves from one state to another.</summary>
internal sealed record KeyChange(KeyState? From, SigningKey Key, byte[] SealedPrivatePart);
