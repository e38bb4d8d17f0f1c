using System.Globalization;
using Dashboard.Controls;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Hosting.Audit;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Audit;

/// <summary>What the audit page's address says: which tab, the filter, and which page of it.</summary>
/// <param name="Filter">What is listed.</param>
/// <param name="Position">Which page of it.</param>
/// <param name="ShowsIntegrity">True for verification and checkpoints.</param>
internal sealed record AuditAddress(AuditFilter Filter, ListPosition Position, bool ShowsIntegrity)
{
    public const string Path = "/audit";

    /// <summary>The tab of verification and checkpoints.</summary>
    public const string Integrity = Path + "?tab=integrity";

    /// <summary>The page without a filter.</summary>
    public static readonly AuditAddress Everything = new(new AuditFilter(), ListPosition.First, false);

    public static AuditAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var filter = AuditQuery.Read(name => query.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        return new AuditAddress(filter, ListPosition.Read(query), query.TryGetValue("tab", out var tab) && tab == "integrity");
    }

    /// <summary>The first page of a filter.</summary>
    public static string Of(AuditFilter filter) => Path + AuditQuery.QueryOf(filter);

    public static string OfEntry(long number) => string.Create(CultureInfo.InvariantCulture, $"{Path}/{number}");

    public override string ToString() => ShowsIntegrity ? Integrity : Position.AddTo(Of(Filter));
}
