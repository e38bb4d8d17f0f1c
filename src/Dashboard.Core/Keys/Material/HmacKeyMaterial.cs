using System.Security.Cryptography;

namespace Dashboard.Core.Keys.Material;

/// <summary>HMAC with SHA-256 (RFC 7518 section 3.2), for deployments that share one secret. Never published.</summary>
internal sealed class HmacKeyMaterial : KeyMaterial
{
    private const int MinimumLength = 32;

    private readonly byte[] _secret;

    /// <summary>Takes a secret of at least 256 bits.</summary>
    /// <exception cref="CryptographicException">The secret is shorter.</exception>
    public HmacKeyMaterial(byte[] secret) => _secret = secret.Length >= MinimumLength
        ? secret
        : throw new CryptographicException("An HS256 secret needs at least 256 bits (RFC 7518 section 3.2).");

    public override int SignatureLength => HMACSHA256.HashSizeInBytes;

    /// <summary>64 random characters, so that the secret can be carried as text.</summary>
    public static HmacKeyMaterial Generate() => new(System.Text.Encoding.ASCII.GetBytes(
        RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 64)));

    public override byte[] Sign(ReadOnlySpan<byte> data) => HMACSHA256.HashData(_secret, data);

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    public override byte[] ExportPrivate() => _secret;

    public override byte[] ExportPublic() => [];
}
