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

    internal KeyMaterial Material { get; }

    /// <summary>True where it belongs in the JWKS: asymmetric, and its tokens may still be good.</summary>
    public bool IsPublished => Material is AsymmetricKeyMaterial && IsTrusted;

    /// <summary>True where a signature of this key may be accepted.</summary>
    public bool IsTrusted => State is KeyState.Next or KeyState.Current or KeyState.Previous;

    bool IVerifyingKey.Fits(string? algorithm) => algorithm == Algorithm.ToString();

    bool IVerifyingKey.Verifies(string? algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        algorithm == Algorithm.ToString() && Material.Verify(data, signature);

    /// <summary>Never prints the material.</summary>
    public override string ToString() => $"{KeyId} ({Algorithm}, {State})";
}
