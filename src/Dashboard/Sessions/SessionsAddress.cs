using System.Globalization;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Sessions;

/// <summary>What the sessions page's address says: the filter, and which page of it.</summary>
/// <param name="Query">What is listed.</param>
/// <param name="Cursor">Where the page starts; null for the first.</param>
/// <param name="Number">The page's number, from 1.</param>
internal sealed record SessionsAddress(SessionQuery Query, string? Cursor, int Number)
{
    public const string Path = "/sessions";

    /// <summary>The page without a filter.</summary>
    public static readonly SessionsAddress Everything = new(new SessionQuery(), null, 1);

    private const string CursorName = "cursor";
    private const string NumberName = "n";

    public static SessionsAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var values = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var query = SessionQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        var cursor = values.TryGetValue(CursorName, out var given) ? given.ToString() : null;
        return PageCursor.Parse(cursor) is not null
            && values.TryGetValue(NumberName, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 1 and < 1_000_000
            ? new SessionsAddress(query, cursor, number)
            : new SessionsAddress(query, null, 1);
    }

    /// <summary>The first page of a filter.</summary>
    public static string Of(SessionQuery query) => QueryHelpers.AddQueryString(Path, query.Write());

    public static string OfSession(string name) => $"{Path}/{Uri.EscapeDataString(name)}";

    public override string ToString() => Cursor is null
        ? Of(Query)
        : QueryHelpers.AddQueryString(Of(Query), new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [CursorName] = Cursor,
            [NumberName] = Number.ToString(CultureInfo.InvariantCulture),
        });
}
