using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Alerts;

/// <summary>Acknowledges and mutes one alert.</summary>
public sealed partial class AlertMenu(AlertActs acts) : IDisposable
{
    private static readonly IReadOnlyList<TimeSpan> Lengths = [TimeSpan.FromHours(1), TimeSpan.FromHours(8), TimeSpan.FromDays(7)];

    private readonly CancellationTokenSource _left = new();

    [Parameter, EditorRequired]
    public Alert Alert { get; set; } = null!;

    /// <summary>For the name of its kind.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<AlertRule> Rules { get; set; } = [];

    [Parameter]
    public bool CanManage { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private async Task AcknowledgeAsync()
    {
        await acts.AcknowledgeAsync(Alert, _left.Token);
        await OnChanged.InvokeAsync();
    }

    private async Task MuteAsync(TimeSpan length, bool isWholeKind)
    {
        var kind = AlertWords.TitleOf(Alert.Kind, Rules);
        await acts.MuteAsync(Alert, isWholeKind ? kind : $"{kind}: {Alert.Key}", length, isWholeKind, _left.Token);
        await OnChanged.InvokeAsync();
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
