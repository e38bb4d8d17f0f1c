using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dashboard.Core.Audit;

/// <summary>
/// What of an entry's texts the log keeps. They come from names, headers and reasons that anybody may have chosen: what a terminal
/// or an editor would obey, or could not show, is written out, and no value is longer than <see cref="MostBytes"/>.
/// </summary>
internal static class AuditText
{
    /// <summary>No value takes more room, in UTF-8.</summary>
    public const int MostBytes = 1_024;

    private const string Cut = "…";

    /// <summary>The entry as it is kept.</summary>
    public static AuditEntry Of(AuditEntry entry) => entry with
    {
        Who = entry.Who with
        {
            Name = Of(entry.Who.Name),
            Role = Find(entry.Who.Role),
            Ip = Find(entry.Who.Ip),
            Session = Find(entry.Who.Session),
        },
        Action = Of(entry.Action),
        ObjectKind = Of(entry.ObjectKind),
        ObjectId = Of(entry.ObjectId),
        Reason = Find(entry.Reason),
        Before = OfState(entry.Before),
        After = OfState(entry.After),
    };

    /// <summary>One value as it is kept.</summary>
    public static string Of(string text) => IsPlain(text) ? text : Shorten(Escape(text));

    private static string? Find(string? text) => text is null ? null : Of(text);

    // States are JSON, which has escapes of its own: only what is too long in them is cut.
    private static string? OfState(string? json)
    {
        if (json is null || IsPlain(json))
        {
            return json;
        }

        try
        {
            using var state = JsonDocument.Parse(Encoding.UTF8.GetBytes(json));
            using var buffer = new MemoryStream();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                Write(writer, state.RootElement);
            }

            return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
        }
        catch (JsonException)
        {
            return Of(json);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    writer.WritePropertyName(Shorten(member.Name));
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Shorten(element.GetString()!));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static bool IsPlain(string text) =>
        text.Length <= MostBytes && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static string Escape(string text)
    {
        var visible = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                visible.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:X}}}");
            }
            else
            {
                visible.Append(rune.ToString());
            }
        }

        return visible.ToString();
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;

    private static string Shorten(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= MostBytes)
        {
            return text;
        }

        var (bytes, length) = (Encoding.UTF8.GetByteCount(Cut), 0);
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MostBytes)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return string.Concat(text.AsSpan(0, length), Cut);
    }
}
