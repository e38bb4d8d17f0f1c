using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Controls;

/// <summary>How long something shall last: the default, one of the usual lengths, or any number of a unit.</summary>
public sealed partial class DurationField
{
    private const string Custom = "custom";

    private string _choice = "";
    private long? _amount = 30;
    private long _unit = 60;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The first input's id; unique on the page.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    [Parameter]
    public string? Hint { get; set; }

    [Parameter]
    public string? Error { get; set; }

    /// <summary>What null stands for: "Default: 1 hour", "Never expires".</summary>
    [Parameter, EditorRequired]
    public string DefaultTitle { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<TimeSpan> Presets { get; set; } = [];

    /// <summary>Presets above it are not offered.</summary>
    [Parameter]
    public TimeSpan? Most { get; set; }

    /// <summary>Null for the default; zero where what was typed is no length.</summary>
    [Parameter, EditorRequired]
    public TimeSpan? Value { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<TimeSpan?> ValueChanged { get; set; }

    private IEnumerable<TimeSpan> Offered => Presets.Where(preset => Most is null || preset <= Most);

    // The value may be older than this field: from another render of the form, or from what is stored.
    protected override void OnInitialized()
    {
        if (Value is not { } value)
        {
            return;
        }

        if (Offered.Contains(value))
        {
            _choice = Seconds(value);
        }
        else
        {
            _choice = Custom;
            _unit = ((long[])[86_400, 3_600, 60, 1]).First(unit => (long)value.TotalSeconds % unit is 0);
            _amount = (long)value.TotalSeconds / _unit;
        }
    }

    private Task ChooseAsync(ChangeEventArgs change)
    {
        _choice = change.Value as string ?? "";
        return _choice is Custom
            ? TakeCustomAsync()
            : ValueChanged.InvokeAsync(
                long.TryParse(_choice, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null);
    }

    // An empty number is no number: it must not silently become the default.
    private Task TakeCustomAsync() => ValueChanged.InvokeAsync(
        TimeSpan.FromSeconds(_amount is { } amount and > 0 and < 1_000_000 ? amount * _unit : 0));

    private static string Seconds(TimeSpan length) => ((long)length.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
