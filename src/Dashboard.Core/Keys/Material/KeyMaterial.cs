using System.Security.Cryptography;

namespace Dashboard.Core.Keys.Material;

/// <summary>
/// The bytes behind a key. Symmetric and asymmetric keys are different types, so that a public key can never be used as
/// an HMAC secret (RFC 8725 section 2.1).
/// </summary>
internal abstract class KeyMaterial
{
    /// <summary>How many bytes a signature of this key has, exactly.</summary>
    public abstract int SignatureLength { get; }

    /// <summary>Signs in the form of RFC 7518. Safe to call from any thread.</summary>
    public abstract byte[] Sign(ReadOnlySpan<byte> data);

    /// <summary>True only for a signature of exactly <see cref="SignatureLength"/> bytes that fits. Never throws.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>The secret part, to be sealed before it goes anywhere.</summary>
    public abstract byte[] ExportPrivate();

    /// <summary>What anybody may see; empty for a symmetric key.</summary>
    public abstract byte[] ExportPublic();

    public static KeyMaterial Generate(KeyAlgorithm algorithm, int rsaBits) => algorithm switch
    {
        KeyAlgorithm.RS256 => RsaKeyMaterial.Generate(rsaBits, RSASignaturePadding.Pkcs1),
        KeyAlgorithm.PS256 => RsaKeyMaterial.Generate(rsaBits, RSASignaturePadding.Pss),
        KeyAlgorithm.ES256 => EcKeyMaterial.Generate(),
        KeyAlgorithm.HS256 => HmacKeyMaterial.Generate(),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No such algorithm."),
    };

    /// <summary>Reads what <see cref="ExportPrivate"/> wrote.</summary>
    /// <exception cref="CryptographicException">The bytes are no such key.</exception>
    public static KeyMaterial Import(KeyAlgorithm algorithm, byte[] privatePart) => algorithm switch
    {
        KeyAlgorithm.RS256 => new RsaKeyMaterial(privatePart, RSASignaturePadding.Pkcs1),
        KeyAlgorithm.PS256 => new RsaKeyMaterial(privatePart, RSASignaturePadding.Pss),
        KeyAlgorithm.ES256 => new EcKeyMaterial(privatePart),
        KeyAlgorithm.HS256 => new HmacKeyMaterial(privatePart),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm), algorithm, "No such algorithm."),
    };
}

/// <summary>A key with a public half that may be published.</summary>
internal abstract class AsymmetricKeyMaterial : KeyMaterial
{
    /// <summary>The members of the public JWK that depend on the key type (RFC 7518 section 6), in order.</summary>
    public abstract IReadOnlyList<(string Name, string Value)> PublicJwkMembers { get; }
}
