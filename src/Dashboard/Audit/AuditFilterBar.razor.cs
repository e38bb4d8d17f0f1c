using Dashboard.Controls;
using Dashboard.Core.Audit;
using Dashboard.Hosting.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Audit;

/// <summary>The filter of the audit page. It changes nothing itself: the page puts what it says into the address.</summary>
public sealed partial class AuditFilterBar(TimeProvider clock, BrowserTime browserTime)
{
    private bool _isOpen;

    [Parameter, EditorRequired]
    public AuditFilter Filter { get; set; } = null!;

    /// <summary>What the log can be filtered by.</summary>
    [Parameter, EditorRequired]
    public AuditTerms Terms { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<AuditFilter> OnChange { get; set; }

    private IReadOnlyList<BuiltInView> BuiltIn =>
    [
        View("Today", () => new AuditFilter(From: Midnight())),
        View("Done by Signet itself", () => new AuditFilter(Actor.Signet.Name)),
        View("Changes of operators", () => new AuditFilter(ObjectKind: "operator")),
        View("Changes of keys", () => new AuditFilter(ObjectKind: "key")),
        View("Reading and exporting the log", () => new AuditFilter(ObjectKind: "audit")),
    ];

    private static BuiltInView View(string name, Func<AuditFilter> filter) => new(name, () => AuditQuery.QueryOf(filter()));

    // A link may ask for what the log does not hold (yet): the field must say so all the same.
    private static IEnumerable<string> With(IReadOnlyList<string> terms, string? chosen) =>
        chosen is null || terms.Contains(chosen, StringComparer.Ordinal) ? terms : terms.Append(chosen);

    private Task SelectAsync(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return OnChange.InvokeAsync(AuditQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null, out _));
    }

    private Task ApplyAsync(AuditFilter filter)
    {
        _isOpen = false;
        return OnChange.InvokeAsync(filter);
    }

    // Midnight where the operator is; the day that a clock change makes 23 or 25 hours long included.
    private DateTimeOffset Midnight()
    {
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), browserTime.Zone);
        return new DateTimeOffset(now.Date, browserTime.Zone.GetUtcOffset(now.Date)).ToUniversalTime();
    }

    private static string? NullIfEmpty(string? text) => text is "" ? null : text;
}
