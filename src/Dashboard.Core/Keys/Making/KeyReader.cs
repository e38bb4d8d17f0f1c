using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Keys.Material;
using Dashboard.Core.Keys.Public;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Keys.Making;

/// <summary>Reads a key that was made elsewhere. What is wrong is said in a sentence without any of the key.</summary>
internal static class KeyReader
{
    public const string Field = "material";

    private const int Longest = 16 * 1024;
    private const int ShortestSecret = 32;

    /// <summary>The key, or null and the fault.</summary>
    /// <param name="text">A PEM, a JWK, or a shared secret.</param>
    /// <param name="wanted">How it shall sign; null for what its kind, or the JWK, says.</param>
    /// <param name="fault">What is wrong with it.</param>
    public static ReadKey? Read(string text, KeyAlgorithm? wanted, out FieldFault? fault)
    {
        var trimmed = text.Trim();
        var found = trimmed switch
        {
            "" => KeyRead.Failed("is required: a PEM, a JWK, or a secret for HS256"),
            { Length: > Longest } => KeyRead.Failed($"is longer than {Longest} characters"),
            ['{', ..] => JwkReader.Read(trimmed),
            _ when trimmed.Contains("-----BEGIN ", StringComparison.Ordinal) => PemKeyReader.Read(trimmed),
            _ when wanted is KeyAlgorithm.HS256 => OfSecret(trimmed),
            _ => KeyRead.Failed("is neither a PEM nor a JWK; a shared secret needs the algorithm HS256"),
        };
        var key = found.Fault is null ? Build(found, wanted) : found;
        fault = key.Fault is { } sentence ? new FieldFault(key.Field, sentence) : null;
        return key.Fault is null ? new ReadKey(key.Material!, key.Algorithm!.Value, key.KeyId) : null;
    }

    /// <summary>A key that stands in base64, as in <c>JWT_PRIVATE_KEY_B64</c>, as it is; any other text unchanged.</summary>
    public static string PlainOf(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : text;
    }

    private static KeyRead OfSecret(string text) => OfSecret(Encoding.UTF8.GetBytes(text), text);

    /// <summary>A shared secret, as bytes and, where it is text, as that.</summary>
    public static KeyRead OfSecret(byte[] secret, string? text) => secret switch
    {
        { Length: < ShortestSecret } => KeyRead.Failed(
            $"is too short for HS256: it needs {ShortestSecret} bytes or more. Make one with: openssl rand -hex 32"),
        _ when SampleSecrets.Contains(text ?? Encoding.UTF8.GetString(secret)) => KeyRead.Failed(
            "is a sample from a document, or as simple as one: anybody could sign with it. Make one with: openssl rand -hex 32"),
        _ => new KeyRead { Private = secret, Kind = KeyKind.Secret },
    };

    private static KeyRead Build(KeyRead read, KeyAlgorithm? wanted)
    {
        KeyAlgorithm[] possible = read.Kind switch
        {
            KeyKind.Rsa => [KeyAlgorithm.RS256, KeyAlgorithm.PS256],
            KeyKind.Curve => [KeyAlgorithm.ES256],
            _ => [KeyAlgorithm.HS256],
        };
        var said = KeyAlgorithms.Parse(read.Says);
        if (read.Says is not null && (said is null || !possible.Contains(said.Value)))
        {
            return KeyRead.Failed($"is a JWK whose alg is not one that such a key can have here ({string.Join(", ", possible)})");
        }

        var algorithm = wanted ?? said ?? possible[0];
        if (!possible.Contains(algorithm) || (said is not null && said != algorithm))
        {
            return KeyRead.Failed($"does not fit the key, which signs {read.Says ?? string.Join(" or ", possible)}") with { Field = "algorithm" };
        }

        try
        {
            var material = KeyMaterial.Import(algorithm, read.Private!);

            // The halves of a pair may come from two pairs.
            return material.Verify("signet"u8, material.Sign("signet"u8))
                ? read with { Material = material, Algorithm = algorithm }
                : KeyRead.Failed("is a pair whose halves do not belong together");
        }
        catch (CryptographicException)
        {
            return KeyRead.Failed("is no key that can sign");
        }
    }
}

/// <summary>A key that was read.</summary>
/// <param name="Material">What signs.</param>
/// <param name="Algorithm">How.</param>
/// <param name="KeyId">What the JWK calls it; null where nothing does.</param>
internal sealed record ReadKey(KeyMaterial Material, KeyAlgorithm Algorithm, string? KeyId)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => Algorithm.ToString();
}

internal enum KeyKind
{
    Rsa,
    Curve,
    Secret,
}

/// <summary>A key on its way, or why it is none.</summary>
internal sealed record KeyRead
{
    public byte[]? Private { get; init; }

    public KeyKind Kind { get; init; }

    /// <summary>The <c>alg</c> of a JWK.</summary>
    public string? Says { get; init; }

    /// <summary>The <c>kid</c> of a JWK.</summary>
    public string? KeyId { get; init; }

    public KeyMaterial? Material { get; init; }

    public KeyAlgorithm? Algorithm { get; init; }

    public string Field { get; init; } = KeyReader.Field;

    public string? Fault { get; init; }

    public static KeyRead Failed(string fault) => new() { Fault = fault };

    /// <summary>An RSA key of a size and exponent that signs here.</summary>
    public static KeyRead Of(RSA key) => key.KeySize switch
    {
        < 2048 => Failed("is an RSA key of less than 2048 bits"),
        > 8192 => Failed("is an RSA key of more than 8192 bits"),
        // Even or small ones are weak, and long ones slow everybody down who verifies.
        _ when key.ExportParameters(false).Exponent is not { Length: >= 3 and <= 8 } exponent || exponent[^1] % 2 == 0 =>
            Failed("is an RSA key with a weak exponent; 65537 is the usual one"),
        _ => new KeyRead { Private = key.ExportPkcs8PrivateKey(), Kind = KeyKind.Rsa },
    };

    /// <summary>A key on P-256.</summary>
    public static KeyRead Of(ECDsa key) => PublicKey.NameOf(key.ExportParameters(false).Curve) is "P-256"
        ? new KeyRead { Private = key.ExportPkcs8PrivateKey(), Kind = KeyKind.Curve }
        : Failed("is a key on another curve than P-256, which ES256 needs");

    /// <summary>Without the key.</summary>
    public override string ToString() => Kind.ToString();
}
