using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Clients.Authentication;

/// <summary>A public key of a client (RFC 7517). A key verifies by the algorithms of its own kind, and by no other.</summary>
internal sealed class AssertionKey
{
    private const int MostKeys = 10;
    private const int SmallestModulus = 2048 / 8;
    private const int LargestModulus = 8192 / 8;

    private readonly RSAParameters? _rsa;
    private readonly ECParameters? _curve;
    private readonly string? _algorithm;

    private AssertionKey(string? keyId, string? algorithm, RSAParameters? rsa, ECParameters? curve) =>
        (KeyId, _algorithm, _rsa, _curve) = (keyId, algorithm, rsa, curve);

    /// <summary>What clients may sign with.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["ES256", "ES384", "PS256", "RS256"];

    /// <summary>Those that a key can verify by its type and, where it has one, its curve; none for what is no key of ours.</summary>
    public static IReadOnlyList<string> AlgorithmsOf(string? type, string? curve) => (type, curve) switch
    {
        ("RSA", _) => ["PS256", "RS256"],
        ("EC", "P-256") => ["ES256"],
        ("EC", "P-384") => ["ES384"],
        _ => [],
    };

    public string? KeyId { get; }

    /// <summary>The keys of a set that can be used; those that cannot are left out.</summary>
    public static IReadOnlyList<AssertionKey> ReadSet(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("keys", out var keys)
                && keys.ValueKind is JsonValueKind.Array
                ? [.. keys.EnumerateArray().Take(MostKeys).Select(Read).OfType<AssertionKey>()]
                : [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is no Unicode.
            return [];
        }
    }

    /// <summary>True where this key signed the token.</summary>
    public bool Verifies(ParsedToken token)
    {
        if ((token.KeyId is not null && KeyId is not null && token.KeyId != KeyId)
            || (_algorithm is not null && _algorithm != token.Algorithm))
        {
            return false;
        }

        try
        {
            return token.Algorithm switch
            {
                "RS256" => VerifiesRsa(token, RSASignaturePadding.Pkcs1),
                "PS256" => VerifiesRsa(token, RSASignaturePadding.Pss),
                "ES256" => VerifiesCurve(token, ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256, 32),
                "ES384" => VerifiesCurve(token, ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384, 48),
                _ => false,
            };
        }
        catch (CryptographicException)
        {
            // A point that is not on its curve, a modulus that is none.
            return false;
        }
    }

    private static AssertionKey? Read(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || Text(json, "use") is not (null or "sig"))
        {
            return null;
        }

        var (id, algorithm) = (Text(json, "kid"), Text(json, "alg"));
        return Text(json, "kty") switch
        {
            "RSA" when Bytes(json, "n") is { Length: >= SmallestModulus and <= LargestModulus } modulus
                && Bytes(json, "e") is { Length: > 0 and <= 8 } exponent =>
                new AssertionKey(id, algorithm, new RSAParameters { Modulus = modulus, Exponent = exponent }, null),
            "EC" when CurveOf(Text(json, "crv")) is var (curve, _)
                && Bytes(json, "x") is { } x
                && Bytes(json, "y") is { } y =>
                new AssertionKey(id, algorithm, null, new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } }),
            _ => null,
        };
    }

    /// <summary>A curve by its name, and how many bytes each half of a point has; null for one that is not used here.</summary>
    public static (ECCurve Curve, int Length)? CurveOf(string? name) => name switch
    {
        "P-256" => (ECCurve.NamedCurves.nistP256, 32),
        "P-384" => (ECCurve.NamedCurves.nistP384, 48),
        _ => null,
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement json, string name) =>
        Text(json, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private bool VerifiesRsa(ParsedToken token, RSASignaturePadding padding)
    {
        if (_rsa is not { } parameters)
        {
            return false;
        }

        using var key = RSA.Create(parameters);
        return key.VerifyData(token.SigningInput, token.Signature, HashAlgorithmName.SHA256, padding);
    }

    private bool VerifiesCurve(ParsedToken token, ECCurve curve, HashAlgorithmName hash, int half)
    {
        if (_curve is not { } parameters
            || parameters.Curve.Oid.FriendlyName != curve.Oid.FriendlyName
            || token.Signature.Length != 2 * half)
        {
            return false;
        }

        using var key = ECDsa.Create(parameters);
        return key.VerifyData(
            token.SigningInput, token.Signature, hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
