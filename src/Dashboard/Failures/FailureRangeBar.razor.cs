using Dashboard.Controls;
using Dashboard.Core.Events.Rollups;
using Dashboard.Hosting.Failures;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Failures;

/// <summary>Which time is looked at. It changes nothing itself: the page puts what it says into the address.</summary>
public sealed partial class FailureRangeBar(BrowserTime browserTime)
{
    private const string Own = "own";

    private static readonly IReadOnlyList<(string Value, string Title)> Options =
        [.. FailureTime.Named.Select(time => (time.Name, time.Title)), (Own, "Custom")];

    private bool _isOpen;
    private string? _from;
    private string? _to;
    private string? _fault;

    [Parameter, EditorRequired]
    public FailureTime Time { get; set; } = FailureTime.Day;

    /// <summary>The time that is shown now: where a time of one's own begins.</summary>
    [Parameter, EditorRequired]
    public TimeRange Shown { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<FailureTime> OnChange { get; set; }

    private string Current => Time is FailureTime.Last last ? last.Name : Own;

    private Task Choose(string name)
    {
        if (FailureTime.Find(name) is { } time)
        {
            return ShowAsync(time);
        }

        (_isOpen, _fault) = (true, null);
        (_from, _to) = (DateTimeInput.Write(Shown.From, browserTime.Zone), DateTimeInput.Write(Shown.To, browserTime.Zone));
        return Task.CompletedTask;
    }

    private Task ShowAsync(FailureTime time)
    {
        _isOpen = false;
        return OnChange.InvokeAsync(time);
    }

    private Task ApplyAsync()
    {
        if (DateTimeInput.Read(_from, browserTime.Zone) is { } from && DateTimeInput.Read(_to, browserTime.Zone) is { } to && from < to)
        {
            return ShowAsync(new FailureTime.Between(from, to));
        }

        _fault = "Both times are needed, and this one must be the later.";
        return Task.CompletedTask;
    }
}
