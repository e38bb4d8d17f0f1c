using System.Buffers;
using System.Globalization;

namespace Dashboard.Hosting;

/// <summary>Lines of exports: RFC 4180, and nothing in them that a spreadsheet would run.</summary>
internal static class Csv
{
    // What a spreadsheet would take for a formula.
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\t\r\0");
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");

    public static string Line(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Cell)) + "\r\n";

    /// <summary>A cell, quoted where it must be; an apostrophe makes plain text of what would be a formula.</summary>
    public static string Cell(string? text)
    {
        var safe = text is { Length: > 0 } && FormulaStarts.Contains(text[0]) ? "'" + text : text ?? "";
        return safe.AsSpan().ContainsAny(NeedQuotes) ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    /// <summary>A time in UTC, to the millisecond.</summary>
    public static string? Iso(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
