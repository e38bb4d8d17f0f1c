using System.Globalization;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Tokens;

/// <summary>What the tokens page's address says: the filter, and which page of it.</summary>
/// <param name="Filter">What is listed.</param>
/// <param name="Cursor">Where the page starts; null for the first.</param>
/// <param name="Number">The page's number, from 1.</param>
internal sealed record TokensAddress(LedgerFilter Filter, string? Cursor, int Number)
{
    public const string Path = "/tokens";

    /// <summary>The page without a filter.</summary>
    public static readonly TokensAddress Everything = new(new LedgerFilter(), null, 1);

    private const string CursorName = "cursor";
    private const string NumberName = "n";

    public static TokensAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var filter = TokenQuery.Read(name => query.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        var cursor = query.TryGetValue(CursorName, out var given) ? given.ToString() : null;
        return PageCursor.Parse(cursor) is not null
            && query.TryGetValue(NumberName, out var text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 1 and < 1_000_000
            ? new TokensAddress(filter, cursor, number)
            : new TokensAddress(filter, null, 1);
    }

    /// <summary>The query of a filter with its question mark; empty where nothing is filtered.</summary>
    public static string QueryOf(LedgerFilter filter) =>
        QueryHelpers.AddQueryString("", TokenQuery.Write(filter).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    /// <summary>The first page of a filter.</summary>
    public static string Of(LedgerFilter filter) => Path + QueryOf(filter);

    public static string OfToken(string tokenId) => $"{Path}/{Uri.EscapeDataString(tokenId)}";

    public static string OfRevocation(string id) => $"{Path}/revocations/{Uri.EscapeDataString(id)}";

    public override string ToString() => Cursor is null
        ? Of(Filter)
        : QueryHelpers.AddQueryString(Of(Filter), new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            [CursorName] = Cursor,
            [NumberName] = Number.ToString(CultureInfo.InvariantCulture),
        });
}
