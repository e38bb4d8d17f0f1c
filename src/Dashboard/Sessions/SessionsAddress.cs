using Dashboard.Controls;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Sessions;

/// <summary>What the sessions page's address says: the filter, and which page of it.</summary>
/// <param name="Query">What is listed.</param>
/// <param name="Position">Which page of it.</param>
internal sealed record SessionsAddress(SessionQuery Query, ListPosition Position)
{
    public const string Path = "/sessions";

    /// <summary>The page without a filter.</summary>
    public static readonly SessionsAddress Everything = new(new SessionQuery(), ListPosition.First);

    public static SessionsAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var values = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var query = SessionQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        return new SessionsAddress(query, ListPosition.Read(values));
    }

    /// <summary>The first page of a filter.</summary>
    public static string Of(SessionQuery query) => QueryHelpers.AddQueryString(Path, query.Write());

    public static string OfSession(string name) => $"{Path}/{Uri.EscapeDataString(name)}";

    public override string ToString() => Position.AddTo(Of(Query));
}
