using Dashboard.Controls;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Alerts;

/// <summary>Who muted what, until when and why.</summary>
public sealed partial class AlertMuteTable(AlertActs acts) : IDisposable
{
    private readonly CancellationTokenSource _left = new();

    [Parameter, EditorRequired]
    public IReadOnlyList<AlertMute> Mutes { get; set; } = [];

    /// <summary>For the names of kinds.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<AlertRule> Rules { get; set; } = [];

    [Parameter]
    public bool CanManage { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnChanged { get; set; }

    private string NameOf(AlertMute mute) =>
        VisibleText.Escape(AlertWords.TitleOf(mute.Kind, Rules) + (mute.Key is { } key ? $": {key}" : ", all of this kind"));

    private async Task UnmuteAsync(AlertMute mute)
    {
        await acts.UnmuteAsync(mute, NameOf(mute), _left.Token);
        await OnChanged.InvokeAsync();
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
