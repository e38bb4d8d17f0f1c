using Dashboard.Controls;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Tokens;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Tokens;

/// <summary>The filter of the tokens page. It changes nothing itself: the page puts what it says into the address.</summary>
public sealed partial class TokenFilterBar(TimeProvider clock, BrowserTime browserTime)
{
    private static readonly IReadOnlyList<(TokenStatus? Value, string Title)> Statuses =
    [
        (null, "All"),
        (TokenStatus.Live, "Live"),
        (TokenStatus.Expired, "Expired"),
        (TokenStatus.Revoked, "Revoked"),
    ];

    private bool _isOpen;

    [Parameter, EditorRequired]
    public LedgerFilter Filter { get; set; } = null!;

    [Parameter, EditorRequired]
    public EventCallback<LedgerFilter> OnChange { get; set; }

    private IReadOnlyList<BuiltInView> BuiltIn =>
    [
        View("Live", () => new LedgerFilter { Status = TokenStatus.Live }),
        View("Live, never presented", () => new LedgerFilter { Status = TokenStatus.Live, NeverPresented = true }),
        View("Expiring within 24 h", () => new LedgerFilter { Status = TokenStatus.Live, ExpiresTo = WholeMinute(clock.GetUtcNow().AddDays(1)) }),
        View("Revoked today", () => new LedgerFilter { Status = TokenStatus.Revoked, RevokedFrom = Today() }),
    ];

    private static BuiltInView View(string name, Func<LedgerFilter> filter) => new(name, () => TokensAddress.QueryOf(filter()));

    private Task SelectAsync(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return OnChange.InvokeAsync(TokenQuery.Read(name => values.TryGetValue(name, out var value) ? value.ToString() : null, out _));
    }

    private Task ApplyAsync(LedgerFilter filter)
    {
        _isOpen = false;
        return OnChange.InvokeAsync(filter);
    }

    // Midnight where the operator is; the day that a clock change makes 23 or 25 hours long included.
    private DateTimeOffset Today()
    {
        var now = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), browserTime.Zone);
        return new DateTimeOffset(now.Date, browserTime.Zone.GetUtcOffset(now.Date)).ToUniversalTime();
    }

    private static DateTimeOffset WholeMinute(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

    private static string? NullIfEmpty(string text) => text is "" ? null : text;
}
