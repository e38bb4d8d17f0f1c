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

    /// <summary>Null where the entry holds no JSON object.</summary>
    public static GatewayRow? Read(GatewayEntry entry)
    {
        if (entry is not { Type: "string", Value: { } value })
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement.ValueKind is JsonValueKind.Object ? new GatewayRow(document.RootElement.Clone()) : null;
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
            return TextsOf(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IReadOnlyList<string>? TextsOf(JsonElement array) =>
        array.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
            ? [.. array.EnumerateArray().Select(item => item.GetString()!)]
            : null;
}
