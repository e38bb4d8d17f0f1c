using Dashboard.Controls;
using Dashboard.Core.Events.Rollups;
using Dashboard.Hosting.Failures;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Failures;

/// <summary>The numbers of a time. Whoever shows it decides what a click leads to.</summary>
public sealed partial class FailureChart(BrowserTime browserTime)
{
    private readonly FailureColumns _columns = new();

    // Of these very numbers: a chart may be drawn once more with the old ones while the new ones are there already.
    private Func<int, string> _textOf = static _ => "";

    [Parameter, EditorRequired]
    public RefusalSeries Series { get; set; } = null!;

    [Parameter, EditorRequired]
    public UsualBand Usual { get; set; } = null!;

    [Parameter, EditorRequired]
    public RefusalFilter Filter { get; set; } = RefusalFilter.None;

    /// <summary>What time it is, such as "in the last 24 h".</summary>
    [Parameter, EditorRequired]
    public string TimeText { get; set; } = "";

    /// <summary>True where the numbers are a table.</summary>
    [Parameter]
    public bool ShowsTable { get; set; }

    /// <summary>The address of the same as a table, or as a chart.</summary>
    [Parameter, EditorRequired]
    public string OtherViewHref { get; set; } = "";

    /// <summary>Called with the code to look at; null for all of them.</summary>
    [Parameter]
    public EventCallback<string?> OnCode { get; set; }

    /// <summary>Called with the steps to look at more closely.</summary>
    [Parameter]
    public EventCallback<ChartSelection> OnSelect { get; set; }

    private string HintText => Series.Total is 0
        ? "Nothing was refused in this time."
        : "Point at a column for its numbers, click it to look closer, or draw over several.";

    private string ZoneText => Series.Steps.Grain is RollupGrain.Day
        ? "Days are those of UTC."
        : $"Times are those of {(browserTime.Zone.Equals(TimeZoneInfo.Utc) ? "UTC" : browserTime.Zone.Id)}.";

    protected override void OnParametersSet()
    {
        _columns.Show(Series, Usual);
        var (series, usual) = (Series, Usual);
        _textOf = index => FailureText.Of(series, usual, index, browserTime.Zone);
    }
}
