using System.Security.Cryptography;

namespace Dashboard.Core.Keys.Public;

/// <summary>The public key of somebody else. It verifies by the algorithms of its own kind, and by no other: never as a secret.</summary>
internal sealed class PublicKey : IVerifyingKey
{
    public const int SmallestModulus = 2048 / 8;
    public const int LargestModulus = 8192 / 8;
    public const int LongestExponent = 8;

    private readonly RSAParameters? _rsa;
    private readonly ECParameters? _curve;

    private PublicKey(string? keyId, string? algorithm, IReadOnlyList<string> algorithms)
    {
        KeyId = keyId;
        UsableAlgorithms = algorithm is null ? algorithms : [.. algorithms.Where(item => item == algorithm)];
    }

    /// <summary>A key that verifies RSA signatures.</summary>
    public PublicKey(string? keyId, string? algorithm, RSAParameters rsa)
        : this(keyId, algorithm, AlgorithmsOf("RSA", null)) => _rsa = rsa;

    /// <summary>A key that verifies signatures of one curve.</summary>
    public PublicKey(string? keyId, string? algorithm, string curveName, ECPoint point)
        : this(keyId, algorithm, AlgorithmsOf("EC", curveName)) =>
        _curve = CurveOf(curveName) is var (curve, _) ? new ECParameters { Curve = curve, Q = point } : null;

    /// <summary>What others may sign with.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ES256", "ES384", "PS256", "RS256"];

    public string? KeyId { get; }

    /// <summary>What this one can verify; less than its type could where whoever publishes it says so (<c>alg</c>).</summary>
    public IReadOnlyList<string> UsableAlgorithms { get; }

    /// <summary>Those that a key can verify by its type and, where it has one, its curve; none for what is no key of ours.</summary>
    public static IReadOnlyList<string> AlgorithmsOf(string? type, string? curve) => (type, curve) switch
    {
        ("RSA", _) => ["PS256", "RS256"],
        ("EC", "P-256") => ["ES256"],
        ("EC", "P-384") => ["ES384"],
        _ => [],
    };

    /// <summary>The name of a curve; null for one that is not used here. Platforms know curves by number or by name.</summary>
    public static string? NameOf(ECCurve curve) => (curve.Oid.Value, curve.Oid.FriendlyName) switch
    {
        ("1.2.840.10045.3.1.7", _) or (_, "nistP256" or "ECDSA_P256") => "P-256",
        ("1.3.132.0.34", _) or (_, "nistP384" or "ECDSA_P384") => "P-384",
        _ => null,
    };

    /// <summary>A curve by its name, and how many bytes each half of a point has; null for one that is not used here.</summary>
    public static (ECCurve Curve, int Length)? CurveOf(string? name) => name switch
    {
        "P-256" => (ECCurve.NamedCurves.nistP256, 32),
        "P-384" => (ECCurve.NamedCurves.nistP384, 48),
        _ => null,
    };

    public bool Fits(string? algorithm) => algorithm is not null && UsableAlgorithms.Contains(algorithm, StringComparer.Ordinal);

    public bool Verifies(string? algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            return Fits(algorithm) && algorithm switch
            {
                "RS256" => VerifiesRsa(data, signature, RSASignaturePadding.Pkcs1),
                "PS256" => VerifiesRsa(data, signature, RSASignaturePadding.Pss),
                "ES256" => VerifiesCurve(data, signature, HashAlgorithmName.SHA256, 32),
                "ES384" => VerifiesCurve(data, signature, HashAlgorithmName.SHA384, 48),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // A point that is not on its curve, a modulus that is none.
            return false;
        }
    }

    /// <summary>True where nothing but the object is another.</summary>
    public bool IsSame(PublicKey other) =>
        KeyId == other.KeyId
        && UsableAlgorithms.SequenceEqual(other.UsableAlgorithms, StringComparer.Ordinal)
        && Same(_rsa?.Modulus, other._rsa?.Modulus)
        && Same(_rsa?.Exponent, other._rsa?.Exponent)
        && Same(_curve?.Q.X, other._curve?.Q.X)
        && Same(_curve?.Q.Y, other._curve?.Q.Y);

    private static bool Same(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

    private bool VerifiesRsa(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, RSASignaturePadding padding)
    {
        using var key = RSA.Create(_rsa!.Value);
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, padding);
    }

    private bool VerifiesCurve(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, HashAlgorithmName hash, int half)
    {
        if (signature.Length != 2 * half)
        {
            return false;
        }

        using var key = ECDsa.Create(_curve!.Value);
        return key.VerifyData(data, signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
