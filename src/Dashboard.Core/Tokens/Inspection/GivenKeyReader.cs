using System.Text;
using System.Text.Json;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Keys.Public;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>Reads a key that somebody has at hand, as people keep keys: PEM, a JWK or a set of them, or a secret.</summary>
public static class GivenKeyReader
{
    private const int MostKeys = 64;
    private const string PrivateKey = "holds a private key, which only the issuer may have: give its public half";

    private static readonly string[] PrivateMembers = ["d", "k"];

    /// <summary>The key, or null and what is wrong, in words that follow the name of what was read and quote nothing of it.</summary>
    public static GivenKey? ReadPublicKey(string text, out string fault)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{", StringComparison.Ordinal))
        {
            return PemReader.Read(text, out fault) is { } key ? new GivenKey([key]) : null;
        }

        fault = "is no JWK and no set of them";
        if (ReadSet(text) is not { } set)
        {
            return null;
        }

        if (set.Any(HasPrivateMember))
        {
            fault = PrivateKey;
            return null;
        }

        fault = "holds no key that can be used: it must be RSA of 2048 to 8192 bits, or EC on P-256 or P-384, for signatures";
        return JwkSetReader.Read(JsonSerializer.SerializeToUtf8Bytes(new { keys = set }), MostKeys) is { Count: > 0 } keys
            ? new GivenKey(keys)
            : null;
    }

    /// <summary>The same for a secret that is shared with the issuer; a line break at its end is not part of it.</summary>
    public static GivenKey? ReadSecret(string text, out string fault)
    {
        fault = $"must hold at least {SharedSecretKey.ShortestSecret} bytes (RFC 7518 section 3.2): a shorter secret can be guessed, "
            + "and whatever it signs be forged";
        var secret = Encoding.UTF8.GetBytes(text.TrimEnd('\r', '\n'));
        return secret.Length < SharedSecretKey.ShortestSecret ? null : new GivenKey(new SharedSecretKey(secret));
    }

    private static List<JsonElement>? ReadSet(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return !document.RootElement.TryGetProperty("keys", out var keys) ? [document.RootElement.Clone()]
                : keys.ValueKind is JsonValueKind.Array ? [.. keys.EnumerateArray().Select(key => key.Clone())]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool HasPrivateMember(JsonElement key) =>
        key.ValueKind is JsonValueKind.Object && PrivateMembers.Any(name => key.TryGetProperty(name, out _));
}
