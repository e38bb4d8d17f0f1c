using System.Globalization;
using System.Text.Json;

namespace Dashboard.Core.Gateway.Reading;

/// <summary>The object that an entry holds, read as the gateway's own scripts read it: leniently.</summary>
internal sealed class GatewayRow
{
    // The last second of the year 9999.
    private const long Latest = 253_402_300_799;

    private readonly JsonElement _json;

    private GatewayRow(JsonElement json) => _json = json;

    /// <summary>The object; null, and one of <see cref="LeftOut"/>, where the entry holds none that can be read.</summary>
    public static GatewayRow? Read(GatewayEntry entry, out string fault)
    {
        fault = LeftOut.NoObject;
        if (entry is not { Type: "string", Value: { } value })
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(value);
            if (document.RootElement.ValueKind is not JsonValueKind.Object)
            {
                return null;
            }

            if (!IsText(document.RootElement))
            {
                fault = LeftOut.NoText;
                return null;
            }

            return new GatewayRow(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A member as it stands; null where it is absent or null.</summary>
    public JsonElement? this[string name] =>
        _json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;

    public bool Has(string name) => this[name] is not null;

    /// <summary>A text that is not empty, or a number as text; null for anything else.</summary>
    public string? Text(string name) => this[name] switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>Seconds since 1970; null where it is none.</summary>
    public long? Seconds(string name) =>
        Text(name) is { } text
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && value is >= 0 and <= Latest
            ? (long)value
            : null;

    /// <summary>A moment after 1970; null where it is none.</summary>
    public DateTimeOffset? Date(string name) =>
        Seconds(name) is > 0 and var seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>When an entry that has a lifetime goes; one that is longer than dates are ends with the last of them.</summary>
    public static DateTimeOffset EndOf(GatewayEntry entry, DateTimeOffset takenAt) =>
        entry.Ttl < Latest - takenAt.ToUnixTimeSeconds()
            ? takenAt + TimeSpan.FromSeconds(entry.Ttl)
            : DateTimeOffset.FromUnixTimeSeconds(Latest);

    /// <summary>
    /// A list of texts: an array, as older rows have it, or the text of one, as the gateway writes it; a text that is neither is
    /// the only one. Null where the member is absent or nothing of the kind.
    /// </summary>
    public IReadOnlyList<string>? Texts(string name) => this[name] switch
    {
        { ValueKind: JsonValueKind.Array } array => TextsOf(array),
        { ValueKind: JsonValueKind.String } text => Parse(text.GetString()!),
        _ => null,
    };

    private static IReadOnlyList<string>? Parse(string text)
    {
        if (text is "")
        {
            return [];
        }

        if (text[0] is not '[')
        {
            return [text];
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return IsText(document.RootElement) ? TextsOf(document.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Python writes and reads a lone surrogate, which is well-formed JSON but no text.
    private static bool IsText(JsonElement json)
    {
        try
        {
            return json.ValueKind switch
            {
                JsonValueKind.Object => json.EnumerateObject().All(member => member.Name is not null && IsText(member.Value)),
                JsonValueKind.Array => json.EnumerateArray().All(IsText),
                JsonValueKind.String => json.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static IReadOnlyList<string>? TextsOf(JsonElement array) =>
        array.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
            ? [.. array.EnumerateArray().Select(item => item.GetString()!)]
            : null;
}
