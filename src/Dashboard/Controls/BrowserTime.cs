using System.Globalization;
using Microsoft.JSInterop;

namespace Dashboard.Controls;

/// <summary>The browser's time zone for one circuit. UTC until the browser has told, and where it names an unknown one.</summary>
public sealed class BrowserTime(IJSRuntime js)
{
    public event EventHandler? Changed;

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    /// <summary>Asks the browser once; called by the layout after its first render.</summary>
    public async Task LoadAsync()
    {
        var id = await js.InvokeAsync<string?>("signet.timeZone");
        if (id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone))
        {
            Zone = zone;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    /// <summary>Date and time in the browser's zone, with the zone: <c>24 Nov 2026, 14:05:09 UTC+01:00</c>.</summary>
    public string Format(DateTimeOffset time)
    {
        var local = TimeZoneInfo.ConvertTime(time, Zone);
        return local.Offset == TimeSpan.Zero ? FormatUtc(time) : Format(local, "'UTC'zzz");
    }

    public static string FormatUtc(DateTimeOffset time) => Format(time.ToUniversalTime(), "'UTC'");

    private static string Format(DateTimeOffset time, string zone) =>
        time.ToString($"d MMM yyyy, HH:mm:ss {zone}", CultureInfo.InvariantCulture);
}
