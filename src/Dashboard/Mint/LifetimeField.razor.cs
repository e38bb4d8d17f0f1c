using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Mint;

/// <summary>How long a token shall live: the default, one of the usual lengths, or any number of a unit.</summary>
public sealed partial class LifetimeField
{
    private const string Custom = "custom";

    private static readonly IReadOnlyList<TimeSpan> Presets =
    [
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(8),
        TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(30),
    ];

    private string _choice = "";
    private long? _amount = 30;
    private long _unit = 60;

    [Parameter, EditorRequired]
    public MintForm Form { get; set; } = null!;

    [Parameter]
    public string? Error { get; set; }

    [Parameter, EditorRequired]
    public TimeSpan Default { get; set; }

    [Parameter, EditorRequired]
    public TimeSpan Most { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChange { get; set; }

    // The form outlives this field: it is gone while a minted token is shown.
    protected override void OnInitialized()
    {
        if (Form.ExpiresIn is { } seconds)
        {
            var isPreset = Presets.Any(preset => preset <= Most && (long)preset.TotalSeconds == seconds);
            (_choice, _amount, _unit) = isPreset ? (seconds.ToString(CultureInfo.InvariantCulture), _amount, _unit) : (Custom, seconds, 1);
        }
    }

    private Task ChooseAsync(ChangeEventArgs change)
    {
        _choice = change.Value as string ?? "";
        if (_choice is Custom)
        {
            return TakeCustomAsync();
        }

        Form.ExpiresIn = long.TryParse(_choice, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
        return OnChange.InvokeAsync();
    }

    // An empty number is no number: it must not silently become the default.
    private Task TakeCustomAsync()
    {
        Form.ExpiresIn = _amount is { } amount and > 0 and < 1_000_000_000 ? amount * _unit : 0;
        return OnChange.InvokeAsync();
    }

    private static string Seconds(TimeSpan length) => ((long)length.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private static string Words(TimeSpan length) => length switch
    {
        { TotalDays: >= 1 } when length.TotalDays % 1 is 0 => Count(length.TotalDays, "day"),
        { TotalHours: >= 1 } when length.TotalHours % 1 is 0 => Count(length.TotalHours, "hour"),
        { TotalMinutes: >= 1 } when length.TotalMinutes % 1 is 0 => Count(length.TotalMinutes, "minute"),
        _ => Count(length.TotalSeconds, "second"),
    };

    private static string Count(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0} {unit}{(value is 1 ? "" : "s")}");
}
