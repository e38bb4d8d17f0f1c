using System.Buffers.Text;
using System.Text;
using Dashboard.Core.Keys;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.Validation;

/// <summary>Texts that are no compact serialization, and documents that are no JSON object of a token.</summary>
internal static class TextCorpus
{
    private const string Malformed = "MALFORMED_TOKEN";

    public static IEnumerable<BadToken> Texts(string good)
    {
        var parts = good.Split('.');
        return new (string Name, string Token)[]
        {
            ("empty", ""),
            ("a space", " "),
            ("one dot", "."),
            ("two dots", ".."),
            ("leading space", " " + good),
            ("trailing space", good + " "),
            ("trailing line feed", good + "\n"),
            ("trailing CRLF", good + "\r\n"),
            ("leading NUL", "\0" + good),
            ("trailing NUL", good + "\0"),
            ("byte order mark", "\uFEFF" + good),
            ("inner space", $"{parts[0]}. {parts[1]}.{parts[2]}"),
            ("line break inside a part", $"{parts[0]}.{parts[1][..8]}\n{parts[1][8..]}.{parts[2]}"),
            ("double quotes", $"\"{good}\""),
            ("single quotes", $"'{good}'"),
            ("scheme kept", "Bearer " + good),
            ("padding", $"{parts[0]}=.{parts[1]}=.{parts[2]}="),
            ("padding of the signature", good + "=="),
            ("standard base64", $"{parts[0]}.{parts[1]}.+/{parts[2][2..]}"),
            ("percent encoding", good.Replace(".", "%2E", StringComparison.Ordinal)),
            ("full-width dots", good.Replace('.', '．')),
            ("cyrillic letter", "е" + good[1..]),
            ("lone surrogate", "\uD800" + good),
            ("no signature", $"{parts[0]}.{parts[1]}"),
            ("empty signature", $"{parts[0]}.{parts[1]}."),
            ("empty header", $".{parts[1]}.{parts[2]}"),
            ("empty payload", $"{parts[0]}..{parts[2]}"),
            ("four parts", good + ".e30"),
            ("five parts", good + ".e30.e30"),
            ("empty five parts", "...."),
            ("forty parts", string.Join('.', Enumerable.Repeat("e30", 40))),
            ("leading dot", "." + good),
            ("trailing dot", good + "."),
            ("JSON general", $$"""{"payload":"{{parts[1]}}","signatures":[{"protected":"{{parts[0]}}","signature":"{{parts[2]}}"}]}"""),
            ("JSON flattened", $$"""{"payload":"{{parts[1]}}","protected":"{{parts[0]}}","signature":"{{parts[2]}}"}"""),
            ("two tokens", good + "," + good),
            ("2 MB", new string('A', 2 * 1024 * 1024)),
            ("2 MB of dots", new string('.', 2 * 1024 * 1024)),
            ("a good token and 16 KiB", good + new string('A', 16 * 1024)),
        }.Select(item => new BadToken(item.Name, Malformed, item.Token));
    }

    /// <summary>The unused low bits of each part set, where it has any: other texts of the same bytes.</summary>
    public static IEnumerable<BadToken> LowBits(string good)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var parts = good.Split('.');
        foreach (var (part, index) in parts.Select((part, index) => (part, index)).Where(item => item.part.Length % 4 != 0))
        {
            var changed = parts.ToArray();
            changed[index] = part[..^1] + Alphabet[Alphabet.IndexOf(part[^1], StringComparison.Ordinal) | 1];
            yield return new BadToken($"low bits of part {index}", Malformed, string.Join('.', changed));
        }
    }

    /// <summary>Documents signed by our own key, so that only their form is wrong.</summary>
    public static IEnumerable<BadToken> Documents(CoreHost host, string good)
    {
        var key = host.Get<KeyRing>().Current;
        var (header, payload) = (ForgedToken.HeaderOf(good), ForgedToken.PayloadOf(good));
        var (headerBytes, payloadBytes) = (Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload));
        byte[] bom = [0xEF, 0xBB, 0xBF];
        return new (string Name, string Token)[]
        {
            ("header with a byte order mark", ForgedToken.Sign(key, [.. bom, .. headerBytes], payloadBytes)),
            ("payload with a byte order mark", ForgedToken.Sign(key, headerBytes, [.. bom, .. payloadBytes])),
            ("payload in UTF-16", ForgedToken.Sign(key, headerBytes, Encoding.Unicode.GetBytes(payload))),
            ("invalid UTF-8", ForgedToken.Sign(key, headerBytes, [.. payloadBytes[..^1], .. ",\"x\":\""u8, 0xFF, .. "\"}"u8])),
            ("overlong UTF-8", ForgedToken.Sign(key, headerBytes, [.. payloadBytes[..^1], .. ",\"x\":\""u8, 0xC0, 0xAF, .. "\"}"u8])),
            ("payload is an array", ForgedToken.Sign(key, header, $"[{payload}]")),
            ("payload is a string", ForgedToken.Sign(key, header, "\"text\"")),
            ("payload is null", ForgedToken.Sign(key, header, "null")),
            ("header is an array", ForgedToken.Sign(key, $"[{header}]", payload)),
            ("header is no JSON", ForgedToken.Sign(key, "header", payload)),
            ("bytes after the payload", ForgedToken.Sign(key, header, payload + "x")),
            ("NUL after the payload", ForgedToken.Sign(key, header, payload + "\0")),
            ("two payloads", ForgedToken.Sign(key, header, payload + payload)),
            ("comment", ForgedToken.Sign(key, header, payload[..^1] + "/* admin */}")),
            ("trailing comma", ForgedToken.Sign(key, header, payload[..^1] + ",}")),
            ("single quotes in JSON", ForgedToken.Sign(key, header, "{'sub':'user-1'}")),
            ("NaN", ForgedToken.Sign(key, header, payload[..^1] + ",\"x\":NaN}")),
            ("duplicate claim", ForgedToken.Sign(key, header, payload[..^1] + ",\"sub\":\"admin\"}")),
            ("duplicate claim in another case", ForgedToken.Sign(key, header, payload[..^1] + ",\"SUB\":\"admin\"}")),
            ("duplicate claim, escaped", ForgedToken.Sign(key, header, payload[..^1] + ",\"s\\u0075b\":\"admin\"}")),
            ("duplicate in an inner object", ForgedToken.Sign(key, header, payload[..^1] + ",\"x\":[{\"a\":1,\"A\":2}]}")),
            ("duplicate in the header", ForgedToken.Sign(key, header[..^1] + ",\"alg\":\"none\"}", payload)),
            ("duplicate in the header in another case", ForgedToken.Sign(key, header[..^1] + ",\"Alg\":\"none\"}", payload)),
            ("lone surrogate as a value", ForgedToken.Sign(key, header, payload[..^1] + ",\"x\":\"\\uD800\"}")),
            ("lone surrogate as a name", ForgedToken.Sign(key, header, payload[..^1] + ",\"\\uD800\":1}")),
            ("lone surrogate in the header", ForgedToken.Sign(key, header[..^1] + ",\"\\uDC00\":1}", payload)),
            ("17 deep", ForgedToken.Sign(key, header, payload[..^1] + $",\"x\":{new string('[', 16)}{new string(']', 16)}}}")),
            ("5000 deep", ForgedToken.Sign(key, header, new string('[', 5_000) + new string(']', 5_000))),
            ("20000 members", Base64Url.EncodeToString(headerBytes) + "."
                + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(new string('{', 12_000))) + ".e30"),
        }.Select(item => new BadToken(item.Name, Malformed, item.Token));
    }
}
