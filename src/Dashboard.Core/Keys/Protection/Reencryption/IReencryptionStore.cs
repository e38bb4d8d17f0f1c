using Dashboard.Core.Audit;

namespace Dashboard.Core.Keys.Protection.Reencryption;

/// <summary>Everything that the master key seals, to be sealed by another.</summary>
internal interface IReencryptionStore
{
    /// <summary>All of it.</summary>
    Task<IReadOnlyList<SealedValue>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Puts every value in the place of what it was, with the audit entry: all of them or nothing. False where what is there is
    /// not what was read any more.
    /// </summary>
    Task<bool> ReplaceAsync(
        IReadOnlyList<SealedValue> before, IReadOnlyList<SealedValue> after, AuditEntry audit, CancellationToken cancellationToken);
}

/// <summary>A value as the master key sealed it.</summary>
/// <param name="IsSigningKey">True for the private part of a signing key, false for a secret of Signet's own.</param>
/// <param name="Name">The <c>kid</c>, or the secret's name.</param>
/// <param name="Purpose">What it was sealed for.</param>
/// <param name="Value">The sealed form.</param>
internal sealed record SealedValue(bool IsSigningKey, string Name, string Purpose, byte[] Value)
{
    /// <summary>True where both are the same values, whatever their order.</summary>
    public static bool AreSame(IReadOnlyList<SealedValue> one, IReadOnlyList<SealedValue> other) =>
        one.Count == other.Count
        && one.All(value => other.Any(candidate =>
            candidate.IsSigningKey == value.IsSigningKey
            && candidate.Name == value.Name
            && candidate.Value.AsSpan().SequenceEqual(value.Value)));
}
