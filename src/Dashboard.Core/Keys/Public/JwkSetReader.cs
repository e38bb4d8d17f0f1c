using System.Security.Cryptography;
using System.Text.Json;

namespace Dashboard.Core.Keys.Public;

/// <summary>Reads the public keys of a JWK set (RFC 7517 section 5).</summary>
internal static class JwkSetReader
{
    /// <summary>The keys that can be used; those that cannot are left out. Null for what is no set at all.</summary>
    /// <param name="json">The set as UTF-8.</param>
    /// <param name="most">Keys beyond that are not looked at.</param>
    public static IReadOnlyList<PublicKey>? Read(ReadOnlySpan<byte> json, int most)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("keys", out var keys)
                && keys.ValueKind is JsonValueKind.Array
                ? [.. keys.EnumerateArray().Take(most).Select(ReadKey).OfType<PublicKey>()]
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is no Unicode.
            return null;
        }
    }

    private static PublicKey? ReadKey(JsonElement json)
    {
        if (json.ValueKind is not JsonValueKind.Object || json.Text("use") is not (null or "sig"))
        {
            return null;
        }

        var (id, algorithm) = (json.Text("kid"), json.Text("alg"));
        return json.Text("kty") switch
        {
            "RSA" when json.Bytes("n") is { Length: >= PublicKey.SmallestModulus and <= PublicKey.LargestModulus } modulus
                && json.Bytes("e") is { Length: > 0 and <= PublicKey.LongestExponent } exponent =>
                new PublicKey(id, algorithm, new RSAParameters { Modulus = modulus, Exponent = exponent }),
            "EC" when json.Text("crv") is { } curve
                && PublicKey.CurveOf(curve) is not null
                && json.Bytes("x") is { } x
                && json.Bytes("y") is { } y =>
                new PublicKey(id, algorithm, curve, new ECPoint { X = x, Y = y }),
            _ => null,
        };
    }
}
