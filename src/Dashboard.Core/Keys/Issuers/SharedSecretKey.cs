using Dashboard.Core.Keys.Material;

namespace Dashboard.Core.Keys.Issuers;

/// <summary>A secret shared with an issuer. It verifies HS256 and nothing else.</summary>
internal sealed class SharedSecretKey(byte[] secret) : IVerifyingKey
{
    public const int ShortestSecret = 32;

    /// <summary>What it verifies.</summary>
    public const string Algorithm = "HS256";

    private readonly HmacKeyMaterial _material = new(secret);

    public string? KeyId => null;

    public bool Fits(string? algorithm) => algorithm == Algorithm;

    public bool Verifies(string? algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Fits(algorithm) && _material.Verify(data, signature);
}
