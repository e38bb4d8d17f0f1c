using Dashboard.Controls;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Failures;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Failures;

/// <summary>What the failures page's address says: what is looked at, which page of the list, and whether the chart is a table.</summary>
/// <param name="Query">The time and the filter.</param>
/// <param name="Position">Which page of the list.</param>
/// <param name="ShowsTable">True where the numbers are a table.</param>
internal sealed record FailuresAddress(FailureQuery Query, ListPosition Position, bool ShowsTable)
{
    public const string Path = "/failures";

    /// <summary>The page without a filter.</summary>
    public static readonly FailuresAddress Everything = new(FailureQuery.Default, ListPosition.First, false);

    private const string ViewName = "view";
    private const string Table = "table";

    public static FailuresAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var values = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var query = FailureQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        return new FailuresAddress(query, ListPosition.Read(values), values.TryGetValue(ViewName, out var view) && view == Table);
    }

    /// <summary>The page over a time and a filter.</summary>
    public static string Of(FailureTime time, RefusalFilter filter) =>
        QueryHelpers.AddQueryString(Path, new FailureQuery(time, filter).Write());

    public static string OfReport(string reference) => $"{Path}/{Uri.EscapeDataString(reference)}";

    /// <summary>The first page of the list for another query; the chart stays what it is.</summary>
    public FailuresAddress For(FailureQuery query) => this with { Query = query, Position = ListPosition.First };

    public override string ToString()
    {
        var address = QueryHelpers.AddQueryString(Path, Query.Write());
        return Position.AddTo(ShowsTable ? QueryHelpers.AddQueryString(address, ViewName, Table) : address);
    }
}
