using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dashboard.Core.Gateway.Files;

/// <summary>
/// JSON as the gateway's scripts write it, to the character: ASCII alone, members in order of their names where they are indented,
/// and a space behind every comma and colon where they stand in one line.
/// </summary>
internal sealed class PythonJson
{
    private const string Indent = "  ";

    private readonly StringBuilder _text = new();

    /// <summary>An object on lines of its own, its members sorted, as deep as it goes.</summary>
    public static string WriteIndented(JsonElement json)
    {
        var writer = new PythonJson();
        writer.Write(json, depth: 0);
        return writer._text.ToString();
    }

    /// <summary>In one line, in the order that is given.</summary>
    public static string WriteLine(JsonElement json)
    {
        var writer = new PythonJson();
        writer.Write(json, depth: null);
        return writer._text.ToString();
    }

    // A depth of null: everything on one line.
    private void Write(JsonElement json, int? depth)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                WriteAll('{', Members(json, isSorted: depth is not null), '}', depth, WriteMember);
                break;
            case JsonValueKind.Array:
                WriteAll('[', [.. json.EnumerateArray()], ']', depth, Write);
                break;
            case JsonValueKind.String:
                WriteText(json.GetString()!);
                break;
            default:
                _text.Append(json.GetRawText());
                break;
        }
    }

    private static IReadOnlyList<JsonProperty> Members(JsonElement json, bool isSorted) => isSorted
        ? [.. json.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal)]
        : [.. json.EnumerateObject()];

    private void WriteMember(JsonProperty member, int? depth)
    {
        WriteText(member.Name);
        _text.Append(": ");
        Write(member.Value, depth);
    }

    private void WriteAll<T>(char opening, IReadOnlyList<T> items, char closing, int? depth, Action<T, int?> write)
    {
        _text.Append(opening);
        for (var index = 0; index < items.Count; index++)
        {
            _text.Append(index == 0 ? "" : depth is null ? ", " : ",");
            BreakLine(depth + 1);
            write(items[index], depth + 1);
        }

        if (items.Count > 0)
        {
            BreakLine(depth);
        }

        _text.Append(closing);
    }

    private void BreakLine(int? depth)
    {
        if (depth is { } deep)
        {
            _text.Append('\n').Insert(_text.Length, Indent, deep);
        }
    }

    private void WriteText(string text)
    {
        _text.Append('"');
        foreach (var sign in text)
        {
            _ = sign switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\n' => _text.Append("\\n"),
                '\r' => _text.Append("\\r"),
                '\t' => _text.Append("\\t"),
                '\b' => _text.Append("\\b"),
                '\f' => _text.Append("\\f"),
                >= ' ' and <= '~' => _text.Append(sign),
                _ => _text.Append(CultureInfo.InvariantCulture, $"\\u{(int)sign:x4}"),
            };
        }

        _text.Append('"');
    }
}
