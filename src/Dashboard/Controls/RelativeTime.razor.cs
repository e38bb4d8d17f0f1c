using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>"3 minutes ago", kept true each minute; the absolute time in the browser's zone and in UTC on hover.</summary>
public sealed partial class RelativeTime(TimeProvider clock, BrowserTime browserTime, MinuteTicks ticks) : IDisposable
{
    [Parameter, EditorRequired]
    public DateTimeOffset At { get; set; }

    private string Title => browserTime.Zone.Equals(TimeZoneInfo.Utc)
        ? BrowserTime.FormatUtc(At)
        : $"{browserTime.Format(At)} ({browserTime.Zone.Id}) · {BrowserTime.FormatUtc(At)}";

    // After the first render, so that a static page, which nobody disposes of in time, starts no timer.
    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            browserTime.Changed += ZoneChanged;
            ticks.Add(Refresh);
        }
    }

    private void ZoneChanged(object? sender, EventArgs change) => Refresh();

    private void Refresh() => _ = InvokeAsync(StateHasChanged);

    public void Dispose()
    {
        browserTime.Changed -= ZoneChanged;
        ticks.Remove(Refresh);
    }
}
