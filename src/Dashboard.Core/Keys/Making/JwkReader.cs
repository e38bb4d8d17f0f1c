using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Keys.Public;

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

        if (jwk.Text("use") is not (null or "sig"))
        {
            return KeyRead.Failed("is a JWK that is not for signing (use)");
        }

        var read = jwk.Text("kty") switch
        {
            "RSA" when jwk.Bytes("d") is null => PublicAlone,
            "EC" when jwk.Bytes("d") is null => PublicAlone,
            "RSA" => ReadRsa(jwk),
            "EC" => ReadCurve(jwk),
            "oct" => jwk.Bytes("k") is { } secret ? KeyReader.OfSecret(secret, null) : KeyRead.Failed(NoKey),
            _ => KeyRead.Failed("is a JWK of a kind (kty) that cannot sign here: RSA, EC and oct can"),
        };
        return read with { Says = jwk.Text("alg"), KeyId = jwk.Text("kid") };
    }

    private static KeyRead PublicAlone => KeyRead.Failed(
        "is a public key, which cannot sign. To accept another system's tokens, name it as a trusted issuer");

    private static KeyRead ReadRsa(JsonElement jwk)
    {
        if (Array.Find(RsaMembers, member => jwk.Bytes(member) is not { Length: > 0 }) is { } missing)
        {
            return KeyRead.Failed($"is a JWK of an RSA key without the member {missing}");
        }

        var modulus = jwk.Bytes("n")!;
        var half = (modulus.Length + 1) / 2;
        using var key = RSA.Create(new RSAParameters
        {
            Modulus = modulus,
            Exponent = jwk.Bytes("e"),
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
        if (jwk.Text("crv") is not "P-256")
        {
            return KeyRead.Failed("is a key on another curve than P-256, which ES256 needs");
        }

        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = jwk.Bytes("x"), Y = jwk.Bytes("y") },
            D = jwk.Bytes("d"),
        });
        return KeyRead.Of(key);
    }

    // RFC 7518 writes numbers without leading zeros; .NET wants each as long as its place.
    private static byte[] Padded(JsonElement jwk, string name, int length) =>
        jwk.Bytes(name) is { } number && number.Length <= length
            ? [.. new byte[length - number.Length], .. number]
            : throw new CryptographicException(NoKey);
}
