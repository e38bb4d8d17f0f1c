using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>Previous and next over a list that is read by cursor: no page numbers, and a total only as far as it was counted.</summary>
public sealed partial class CursorPager
{
    [Parameter]
    public string Label { get; set; } = "Pages";

    /// <summary>The position of the first row shown, from 1; 0 where there is none.</summary>
    [Parameter, EditorRequired]
    public long First { get; set; }

    /// <summary>How many rows are shown.</summary>
    [Parameter, EditorRequired]
    public int Count { get; set; }

    /// <summary>How many rows there are, as far as was counted; null where nobody counted.</summary>
    [Parameter]
    public long? Total { get; set; }

    /// <summary>Set where counting stopped at <see cref="Total"/>: it then reads "10,000+".</summary>
    [Parameter]
    public bool IsTotalCapped { get; set; }

    [Parameter]
    public bool HasPrevious { get; set; }

    [Parameter]
    public bool HasNext { get; set; }

    [Parameter]
    public EventCallback OnPrevious { get; set; }

    [Parameter]
    public EventCallback OnNext { get; set; }

    private string Text => Count is 0
        ? "Nothing to show"
        : string.Create(CultureInfo.InvariantCulture, $"{First:N0}–{First + Count - 1:N0}{TotalText}");

    private string TotalText => Total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $" of {total:N0}{(IsTotalCapped ? "+" : "")}")
        : "";
}
