using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Dashboard.Tests.Unit.Keys.Making;

/// <summary>Keys as other programs write them. Made anew each time: no private key lies in the sources.</summary>
internal static class MadeElsewhere
{
    /// <summary>Good enough for HS256, and no sample.</summary>
    public static string Secret => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Pkcs8(AsymmetricAlgorithm key) => key.ExportPkcs8PrivateKeyPem();

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public static string Jwk(RSA key, params (string Name, string? Value)[] more)
    {
        var numbers = key.ExportParameters(includePrivateParameters: true);
        return Write(
        [
            ("kty", "RSA"), ("n", Text(numbers.Modulus)), ("e", Text(numbers.Exponent)), ("d", Text(numbers.D)),
            ("p", Text(numbers.P)), ("q", Text(numbers.Q)), ("dp", Text(numbers.DP)), ("dq", Text(numbers.DQ)),
            ("qi", Text(numbers.InverseQ)), .. more,
        ]);
    }

    public static string Jwk(ECDsa key, string curve, params (string Name, string? Value)[] more)
    {
        var point = key.ExportParameters(includePrivateParameters: true);
        return Write(
        [
            ("kty", "EC"), ("crv", curve), ("x", Padded(point.Q.X)), ("y", Padded(point.Q.Y)), ("d", Padded(point.D)), .. more,
        ]);
    }

    public static string Jwk(byte[] secret, params (string Name, string? Value)[] more) =>
        Write([("kty", "oct"), ("k", Base64Url.EncodeToString(secret)), .. more]);

    /// <summary>A key of the same primes with another public exponent; null where the two do not go together.</summary>
    public static RSAParameters? WithExponent(RSA key, int exponent)
    {
        var numbers = key.ExportParameters(includePrivateParameters: true);
        var (p, q) = (Number(numbers.P!) - 1, Number(numbers.Q!) - 1);
        if (!BigInteger.GreatestCommonDivisor(exponent, p * q).IsOne)
        {
            return null;
        }

        var d = Inverse(exponent, p * q);
        numbers.Exponent = new BigInteger(exponent).ToByteArray(isUnsigned: true, isBigEndian: true);
        (numbers.D, numbers.DP, numbers.DQ) =
            (Bytes(d, numbers.D!.Length), Bytes(d % p, numbers.DP!.Length), Bytes(d % q, numbers.DQ!.Length));
        return numbers;
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }

    // The extended algorithm of Euclid.
    private static BigInteger Inverse(BigInteger number, BigInteger modulus)
    {
        var (old, rest, result, next) = (number, modulus, BigInteger.One, BigInteger.Zero);
        while (!rest.IsZero)
        {
            var quotient = old / rest;
            (old, rest) = (rest, old - (quotient * rest));
            (result, next) = (next, result - (quotient * next));
        }

        return result.Sign < 0 ? result + modulus : result;
    }

    // The last of a name counts; null takes a member away. Numbers are written without leading zeros, as RFC 7518 says.
    private static string Write((string Name, string? Value)[] members) => JsonSerializer.Serialize(members
        .GroupBy(member => member.Name, StringComparer.Ordinal)
        .Where(same => same.Last().Value is not null)
        .ToDictionary(same => same.Key, same => same.Last().Value, StringComparer.Ordinal));

    private static string Text(byte[]? number) => Base64Url.EncodeToString(number.AsSpan().TrimStart((byte)0));

    private static string Padded(byte[]? number) => Base64Url.EncodeToString(number);
}
