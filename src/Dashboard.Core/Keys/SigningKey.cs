using Dashboard.Core.Keys.Material;

namespace Dashboard.Core.Keys;

/// <summary>A key of the ring as it stands in memory. Immutable: a change of state makes a new one around the same material.</summary>
public sealed record SigningKey : IVerifyingKey
{
    internal SigningKey(KeyMaterial material) => Material = material;

    /// <summary>The <c>kid</c>: 128 random bits, never used again.</summary>
    public required string KeyId { get; init; }

    public required KeyAlgorithm Algorithm { get; init; }

    public required KeyState State { get; init; }

    /// <summary>When it was made, which is also when it was first published.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began to sign; null if it never did.</summary>
    public DateTimeOffset? CurrentSince { get; init; }

    /// <summary>When it stopped signing; null while it signs or waits.</summary>
    public DateTimeOffset? PreviousSince { get; init; }

    public DateTimeOffset? RetiredAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When somebody was shown the secret, or gave it; null for a pair, and for a secret that nobody knows but Signet.</summary>
    public DateTimeOffset? SharedAt { get; init; }

    /// <summary>True for a key that was made elsewhere and brought here.</summary>
    public bool IsImported { get; init; }

    /// <summary>
    /// The <c>iss</c> of tokens that it verifies though they name no key: those of a system that was taken over. Null for none.
    /// </summary>
    public string? Issuer { get; init; }

    internal KeyMaterial Material { get; }

    /// <summary>True where it belongs in the JWKS: asymmetric, and its tokens may still be good.</summary>
    public bool IsPublished => Material is AsymmetricKeyMaterial && IsTrusted;

    /// <summary>True where a signature of this key may be accepted.</summary>
    public bool IsTrusted => State is KeyState.Next or KeyState.Current or KeyState.Previous;

    /// <summary>True where it signs, or will after the next rotation.</summary>
    public bool IsWaitingOrSigning => State is KeyState.Next or KeyState.Current;

    bool IVerifyingKey.Fits(string? algorithm) => algorithm == Algorithm.ToString();

    bool IVerifyingKey.Verifies(string? algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        algorithm == Algorithm.ToString() && Material.Verify(data, signature);

    /// <summary>Never prints the material.</summary>
    public override string ToString() => $"{KeyId} ({Algorithm}, {State})";
}
