using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Dashboard.Core.Keys.Making;

/// <summary>Private keys as JWKs (RFC 7517; their members are those of RFC 7518 section 6).</summary>
internal static class JwkReader
{
    private const string NoKey = "is a JWK that holds no key";
    private static readonly string[] RsaMembers = ["n", "e", "d", "p", "q", "dp", "dq", "qi"];

    public static KeyRead Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return KeyRead.Failed("begins like a JWK and is no JSON");
        }
        catch (CryptographicException)
        {
            return KeyRead.Failed(NoKey);
        }
    }

    private static KeyRead Read(JsonElement jwk)
    {
        if (jwk.TryGetProperty("keys", out _))
        {
            return KeyRead.Failed("is a set of keys; give one of them");
        }

        if (Text(jwk, "use") is not (null or "sig"))
        {
            return KeyRead.Failed("is a JWK that is not for signing (use)");
        }

        var read = Text(jwk, "kty") switch
        {
            "RSA" when Bytes(jwk, "d") is null => PublicAlone,
            "EC" when Bytes(jwk, "d") is null => PublicAlone,
            "RSA" => ReadRsa(jwk),
            "EC" => ReadCurve(jwk),
            "oct" => Bytes(jwk, "k") is { } secret ? KeyReader.OfSecret(secret, null) : KeyRead.Failed(NoKey),
            _ => KeyRead.Failed("is a JWK of a kind (kty) that cannot sign here: RSA, EC and oct can"),
        };
        return read with { Says = Text(jwk, "alg"), KeyId = Text(jwk, "kid") };
    }

    private static KeyRead PublicAlone => KeyRead.Failed(
        "is a public key, which cannot sign. To accept another system's tokens, name it as a trusted issuer");

    private static KeyRead ReadRsa(JsonElement jwk)
    {
        if (Array.Find(RsaMembers, member => Bytes(jwk, member) is not { Length: > 0 }) is { } missing)
        {
            return KeyRead.Failed($"is a JWK of an RSA key without the member {missing}");
        }

        var modulus = Bytes(jwk, "n")!;
        var half = (modulus.Length + 1) / 2;
        using var key = RSA.Create(new RSAParameters
        {
            Modulus = modulus,
            Exponent = Bytes(jwk, "e"),
            D = Padded(jwk, "d", modulus.Length),
            P = Padded(jwk, "p", half),
            Q = Padded(jwk, "q", half),
            DP = Padded(jwk, "dp", half),
            DQ = Padded(jwk, "dq", half),
            InverseQ = Padded(jwk, "qi", half),
        });
        return KeyRead.Of(key);
    }

    private static KeyRead ReadCurve(JsonElement jwk)
    {
        if (Text(jwk, "crv") is not "P-256")
        {
            return KeyRead.Failed("is a key on another curve than P-256, which ES256 needs");
        }

        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(jwk, "x"), Y = Bytes(jwk, "y") },
            D = Bytes(jwk, "d"),
        });
        return KeyRead.Of(key);
    }

    // RFC 7518 writes numbers without leading zeros; .NET wants each as long as its place.
    private static byte[] Padded(JsonElement jwk, string name, int length) =>
        Bytes(jwk, name) is { } number && number.Length <= length
            ? [.. new byte[length - number.Length], .. number]
            : throw new CryptographicException(NoKey);

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement jwk, string name) =>
        Text(jwk, name) is { } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
