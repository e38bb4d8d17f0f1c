namespace Dashboard.Core.Keys;

/// <summary>
/// How a key signs (RFC 7518 section 3.1). One key has one algorithm; a token's header never chooses. Stored by name, so none
/// is ever renamed. EdDSA is missing because .NET 10 has no Ed25519.
/// </summary>
public enum KeyAlgorithm
{
    RS256,
    ES256,
    HS256,
    PS256,
}

public static class KeyAlgorithms
{
    /// <summary>Every name, for sentences: "RS256, ES256, HS256, PS256".</summary>
    public static string Names { get; } = string.Join(", ", Enum.GetNames<KeyAlgorithm>());

    extension(KeyAlgorithm algorithm)
    {
        /// <summary>True for a secret that both sides share: it is never published, and whoever verifies could also sign.</summary>
        public bool IsSymmetric => algorithm is KeyAlgorithm.HS256;
    }

    /// <summary>Reads a name, exactly as it is written in a header; null for one that is none of ours.</summary>
    public static KeyAlgorithm? Parse(string? name) =>
        Enum.TryParse<KeyAlgorithm>(name, out var algorithm) && algorithm.ToString() == name ? algorithm : null;
}
