using Dashboard.Controls;
using Dashboard.Core.Primitives;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Alerts;

/// <summary>What the alerts page's address says: which tab, the filter, and which page of it.</summary>
/// <param name="Tab">What is shown.</param>
/// <param name="Query">Which alerts are listed.</param>
/// <param name="Position">Which page of them.</param>
internal sealed record AlertsAddress(AlertsTab Tab, AlertQuery Query, ListPosition Position)
{
    public const string Path = "/alerts";

    public const string NewRule = Path + "/rules/new";

    /// <summary>The page without a filter.</summary>
    public static readonly AlertsAddress Everything = new(AlertsTab.Alerts, new AlertQuery(), ListPosition.First);

    public static AlertsAddress Read(string uri, out IReadOnlyList<FieldFault> faults)
    {
        var values = QueryHelpers.ParseQuery(new Uri(uri).Query);
        var query = AlertQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null, out faults);
        var tab = values.TryGetValue("tab", out var name) ? name.ToString() : "";
        return new AlertsAddress(
            tab switch { "rules" => AlertsTab.Rules, "mutes" => AlertsTab.Mutes, _ => AlertsTab.Alerts },
            query,
            ListPosition.Read(values));
    }

    /// <summary>The first page of a filter.</summary>
    public static string Of(AlertQuery query) => QueryHelpers.AddQueryString(Path, query.Write());

    public static string Of(AlertsTab tab) => tab is AlertsTab.Alerts ? Path : $"{Path}?tab={KeyOf(tab)}";

    public static string OfAlert(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    public static string OfRule(string id) => $"{Path}/rules/{Uri.EscapeDataString(id)}";

    /// <summary>What the address calls a tab.</summary>
    public static string KeyOf(AlertsTab tab) => tab.ToString().ToLowerInvariant();

    public override string ToString() => Tab is AlertsTab.Alerts ? Position.AddTo(Of(Query)) : Of(Tab);
}

/// <summary>The tabs of the alerts page.</summary>
public enum AlertsTab
{
    Alerts,
    Rules,
    Mutes,
}
