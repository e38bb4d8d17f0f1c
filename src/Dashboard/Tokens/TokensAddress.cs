using Dashboard.Controls;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Tokens;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Tokens;

/// <summary>What the tokens page's address says: the filter, and which page of it.</summary>
/// <param name="Filter">What is listed.</param>
/// <param name="Position">Which page of it.</param>
internal sealed record TokensAddress(LedgerFilter Filter, ListPosition Position)
{
    public const string Path = "/tokens";

    /// <summary>The page without a filter.</summary>
    public static readonly TokensAddress Everything = new(new LedgerFilter(), ListPosition.First);

    public static TokensAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var filter = TokenQuery.Read(name => query.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        return new TokensAddress(filter, ListPosition.Read(query));
    }

    /// <summary>The query of a filter with its question mark; empty where nothing is filtered.</summary>
    public static string QueryOf(LedgerFilter filter) =>
        QueryHelpers.AddQueryString("", TokenQuery.Write(filter).Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));

    /// <summary>The first page of a filter.</summary>
    public static string Of(LedgerFilter filter) => Path + QueryOf(filter);

    public static string OfToken(string tokenId) => $"{Path}/{Uri.EscapeDataString(tokenId)}";

    public static string OfRevocation(string id) => $"{Path}/revocations/{Uri.EscapeDataString(id)}";

    public override string ToString() => Position.AddTo(Of(Filter));
}
