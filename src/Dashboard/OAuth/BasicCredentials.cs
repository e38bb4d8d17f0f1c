using System.Text;

namespace Dashboard.OAuth;

/// <summary>Reads a client's Basic credentials as RFC 6749 section 2.3.1 writes them: form-encoded, joined by a colon, as base64.</summary>
internal static class BasicCredentials
{
    private const string Prefix = "Basic ";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>True for a header of this scheme, good or bad.</summary>
    public static bool IsBasic(string header) => header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Id and secret; null where the header is not exactly as it must be.</summary>
    public static (string Id, string Secret)? Parse(string header)
    {
        if (!IsBasic(header) || Decode(header[Prefix.Length..]) is not { } text)
        {
            return null;
        }

        // The first colon: those of an id are encoded.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Unescape(text[..colon]) is { } id && Unescape(text[(colon + 1)..]) is { } secret
            ? (id, secret)
            : null;
    }

    private static string? Decode(string base64)
    {
        try
        {
            // One secret has one text: .NET would skip white space and bits that mean nothing.
            var bytes = Convert.FromBase64String(base64);
            return Convert.ToBase64String(bytes) == base64 ? Strict.GetString(bytes) : null;
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    // Unlike the framework's own decoder, which leaves what it cannot decode as it is.
    private static string? Unescape(string text)
    {
        List<byte> bytes = new(text.Length);
        for (var place = 0; place < text.Length; place++)
        {
            if (text[place] == '%')
            {
                if (place + 2 > text.Length - 1 || !char.IsAsciiHexDigit(text[place + 1]) || !char.IsAsciiHexDigit(text[place + 2]))
                {
                    return null;
                }

                bytes.Add(Convert.ToByte(text.Substring(place + 1, 2), 16));
                place += 2;
            }
            else
            {
                var rune = Rune.GetRuneAt(text, place);
                bytes.AddRange(Strict.GetBytes(text[place] == '+' ? " " : rune.ToString()));
                place += rune.Utf16SequenceLength - 1;
            }
        }

        try
        {
            var unescaped = Strict.GetString([.. bytes]);
            return unescaped.Any(char.IsControl) ? null : unescaped;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
