using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using Dashboard.Core.Keys.Public;

namespace Dashboard.Core.Clients.Metadata;

/// <summary>Which keys a client may give to prove itself with (RFC 7517): public ones that it can do so with.</summary>
public static class JwkSetRules
{
    private const int Largest = 16 * 1024;
    private const int MostKeys = 10;
    private const int LongestName = 128;
    private const int SmallestModulus = 2_048;
    private const int LargestModulus = 8_192;
    private const int LargestExponent = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    // Private members, and certificates, which libraries read a key from that nobody looked at here.
    private static readonly string[] Forbidden = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "x5c", "x5u"];

    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>What is wrong with a key set, in words that follow its name; null where nothing is.</summary>
    public static string? FaultOf(string jwks)
    {
        if (jwks.Length > Largest)
        {
            return $"must have at most {Largest} characters";
        }

        try
        {
            using var document = JsonDocument.Parse(jwks, Strict);
            return FaultOf(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second kind comes of names that are no Unicode text.
            return "must be a JSON object without duplicate members";
        }
    }

    private static string? FaultOf(JsonElement set)
    {
        if (set.ValueKind is not JsonValueKind.Object
            || !set.TryGetProperty("keys", out var keys)
            || keys.ValueKind is not JsonValueKind.Array
            || keys.GetArrayLength() is 0 or > MostKeys)
        {
            return $"must be a JWK set with 1 to {MostKeys} keys";
        }

        if (keys.EnumerateArray().Select(FaultOfKey).FirstOrDefault(fault => fault is not null) is { } fault)
        {
            return fault;
        }

        var names = keys.EnumerateArray().Select(key => Text(key, "kid")).OfType<string>().ToList();
        return names.Distinct(StringComparer.Ordinal).Count() == names.Count ? null : "must not have two keys of one kid";
    }

    private static string? FaultOfKey(JsonElement key) => key.ValueKind is not JsonValueKind.Object
        ? "must hold keys that are JSON objects"
        : Forbidden.Any(name => key.TryGetProperty(name, out _)) ? "must hold public keys alone, without certificates"
        : key.TryGetProperty("kid", out _) && Text(key, "kid") is not { Length: > 0 and <= LongestName } ?
            $"must have kids of 1 to {LongestName} characters"
        : key.TryGetProperty("use", out _) && Text(key, "use") is not "sig" ? "must hold keys for signatures (use: sig)"
        : FaultOfType(key) ?? FaultOfAlgorithm(key);

    private static string? FaultOfType(JsonElement key) => Text(key, "kty") switch
    {
        "RSA" => FaultOfRsa(key),
        "EC" => FaultOfCurve(key),
        _ => "must hold keys of the types RSA and EC",
    };

    private static string? FaultOfAlgorithm(JsonElement key) =>
        key.TryGetProperty("alg", out _)
        && !PublicKey.AlgorithmsOf(Text(key, "kty"), Text(key, "crv")).Contains(Text(key, "alg"))
            ? $"must name one of the algorithms {string.Join(", ", PublicKey.Algorithms)} that fits the key, or none"
            : null;

    private static string? FaultOfRsa(JsonElement key) =>
        Number(key, "n") is { IsEven: false } modulus
        && modulus.GetBitLength() is >= SmallestModulus and <= LargestModulus
        && Number(key, "e") is { IsEven: false } exponent
        && exponent > 1
        && exponent.GetBitLength() <= LargestExponent
            ? null
            : $"must hold RSA keys of {SmallestModulus} to {LargestModulus} bits with an odd exponent";

    private static string? FaultOfCurve(JsonElement key) => PublicKey.CurveOf(Text(key, "crv")) is var (curve, length)
        && Bytes(key, "x") is { } x && x.Length == length
        && Bytes(key, "y") is { } y && y.Length == length
        && IsPoint(curve, x, y)
            ? null
            : "must hold EC keys that are points of P-256 or P-384";

    private static bool IsPoint(ECCurve curve, byte[] x, byte[] y)
    {
        try
        {
            using var key = ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = x, Y = y } });
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement key, string name) =>
        key.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static BigInteger? Number(JsonElement key, string name) =>
        Bytes(key, name) is { Length: > 0 } bytes ? new BigInteger(bytes, isUnsigned: true, isBigEndian: true) : null;

    private static byte[]? Bytes(JsonElement key, string name) =>
        Text(key, name) is { Length: > 0 } text && !text.AsSpan().ContainsAnyExcept(Base64) && Base64Url.IsValid(text)
            ? Base64Url.DecodeFromChars(text)
            : null;
}
