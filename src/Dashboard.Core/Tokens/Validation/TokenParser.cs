using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Dashboard.Core.Tokens.Memory;

namespace Dashboard.Core.Tokens.Validation;

/// <summary>
/// Reads the compact serialization (RFC 7515 section 7.1) and nothing else: no trimming, no padding, no coercion.
/// Stricter than libraries, because whatever two readers understand differently can be used against one of them.
/// </summary>
internal static class TokenParser
{
    /// <summary>Longer texts are not looked at.</summary>
    public const int LongestToken = 16 * 1024;

    private const int DeepestJson = 16;

    private static readonly SearchValues<char> Alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = DeepestJson, AllowDuplicateProperties = false };

    /// <summary>The token, or null and what is wrong with it in a sentence without any of its content.</summary>
    public static ParsedToken? Parse(string token, out string fault)
    {
        if (token.Length > LongestToken)
        {
            fault = $"It is longer than {LongestToken} characters.";
            return null;
        }

        var parts = token.Split('.', 7);
        if (parts.Length != 3)
        {
            fault = parts.Length switch
            {
                1 => "It has no dots; a token has three parts separated by two dots.",
                5 => "It has five parts: it is encrypted (JWE). Signet issues and accepts signed tokens (JWS) only.",
                > 6 => "It has more than six parts separated by dots instead of three.",
                var count => $"It has {count} parts separated by dots instead of three.",
            };
            return null;
        }

        if (Decode(parts[0], "header", out fault) is not { } headerBytes
            || Decode(parts[1], "payload", out fault) is not { } payloadBytes
            || ReadObject(headerBytes, "header", out fault) is not { } header
            || ReadSignature(parts[2], header, out fault) is not { } signature
            || ReadObject(payloadBytes, "payload", out fault) is not { } claims)
        {
            return null;
        }

        var signingInput = Encoding.ASCII.GetBytes(token, 0, parts[0].Length + 1 + parts[1].Length);
        return new ParsedToken(header, claims, signingInput, signature, TokenHash.Of(payloadBytes));
    }

    private static byte[]? Decode(string part, string name, out string fault)
    {
        fault = $"The {name} is not base64url without padding.";
        if (part.Length == 0 || part.AsSpan().ContainsAnyExcept(Alphabet) || !Base64Url.IsValid(part))
        {
            fault = part.Length == 0 ? $"The {name} is empty." : fault;
            return null;
        }

        // Decoding also refuses unused low bits that are not zero: one token has one text, or a list of hashes could be
        // dodged (RFC 4648 section 3.5). The alphabet was checked because it would skip white space.
        return Base64Url.DecodeFromChars(part);
    }

    // An unsecured token (RFC 7519 section 6) has no signature: it is read, so that the algorithm is named as the fault.
    private static byte[]? ReadSignature(string part, JsonElement header, out string fault)
    {
        fault = "";
        return part.Length == 0 && SaysUnsigned(header) ? [] : Decode(part, "signature", out fault);
    }

    private static bool SaysUnsigned(JsonElement header) =>
        header.TryGetProperty("alg", out var algorithm)
        && algorithm.ValueKind is JsonValueKind.String
        && "none".Equals(algorithm.GetString(), StringComparison.OrdinalIgnoreCase);

    private static JsonElement? ReadObject(byte[] utf8, string name, out string fault)
    {
        fault = "";
        if (!Utf8.IsValid(utf8))
        {
            fault = $"The {name} is not UTF-8.";
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                fault = $"The {name} is JSON, but not an object.";
                return null;
            }

            if (!IsUnambiguous(document.RootElement))
            {
                fault = $"The {name} has two members whose names differ only in case, or text that is not Unicode.";
                return null;
            }

            return document.RootElement.Clone();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second kind comes of looking for duplicates among names that are no Unicode text.
            fault = $"The {name} is not one well-formed JSON object without duplicate members, at most {DeepestJson} deep.";
            return null;
        }
    }

    /// <summary>
    /// True where no two readers can see different members. Also proves that every string can be read later: a lone
    /// surrogate escape is well-formed JSON but no text.
    /// </summary>
    public static bool IsUnambiguous(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object => HasDistinctNames(element)
                    && element.EnumerateObject().All(member => IsUnambiguous(member.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(IsUnambiguous),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static bool HasDistinctNames(JsonElement element)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        return element.EnumerateObject().All(member => names.Add(member.Name));
    }
}
