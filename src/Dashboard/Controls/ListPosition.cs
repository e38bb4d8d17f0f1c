using System.Globalization;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Dashboard.Controls;

/// <summary>Which page of a list an address shows.</summary>
/// <param name="Cursor">Where the page starts; null for the first.</param>
/// <param name="Number">The page's number, from 1.</param>
public sealed record ListPosition(string? Cursor, int Number)
{
    public static readonly ListPosition First = new(null, 1);

    private const string CursorName = "cursor";
    private const string NumberName = "n";

    /// <summary>Reads what <see cref="AddTo"/> wrote; the first page where it makes no sense.</summary>
    public static ListPosition Read(IReadOnlyDictionary<string, StringValues> query) =>
        query.TryGetValue(CursorName, out var cursor)
        && IsCursor(cursor.ToString())
        && query.TryGetValue(NumberName, out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 1 and < 1_000_000
            ? new ListPosition(cursor.ToString(), number)
            : First;

    // A time and an id, or the number of what is numbered.
    private static bool IsCursor(string text) =>
        PageCursor.Parse(text) is not null || long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>The address of this page of the list; the first page's is the list's own.</summary>
    public string AddTo(string address) => Cursor is null
        ? address
        : QueryHelpers.AddQueryString(address, new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [CursorName] = Cursor,
            [NumberName] = Number.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>The page after this one, which ends with a cursor.</summary>
    public ListPosition Next(string? cursor) => new(cursor, Number + 1);
}

/// <summary>Remembers where the pages of a list start that somebody walked through: a page only knows the next one.</summary>
public sealed class PageTrail
{
    private readonly Dictionary<int, string?> _starts = [];

    /// <summary>Another list.</summary>
    public void Clear() => _starts.Clear();

    public void Add(ListPosition position) => _starts[position.Number] = position.Cursor;

    /// <summary>The page before. After a reload in the middle of the list nobody knows where it starts: the first one is certain.</summary>
    public ListPosition Before(ListPosition position) =>
        _starts.TryGetValue(position.Number - 1, out var cursor) && cursor is not null
            ? new ListPosition(cursor, position.Number - 1)
            : ListPosition.First;
}
