using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace Dashboard.Alerts;

/// <summary>One alert: what happened, since when, how often, who has taken it on, and where something can be done.</summary>
public sealed partial class AlertPage(
    AlertBook book, AlertRules alertRules, AlertActs acts, IOptions<AlertOptions> options, CurrentOperator current) : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private Alert? _alert;
    private IReadOnlyList<AlertRule> _rules = [];
    private string? _loadedId;
    private bool _isLoaded;
    private bool _mayManage;
    private int _newestLoad;

    [Parameter]
    public string Id { get; set; } = "";

    protected override Task OnParametersSetAsync()
    {
        if (Id == _loadedId)
        {
            return Task.CompletedTask;
        }

        (_loadedId, _alert, _isLoaded) = (Id, null, false);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var load = ++_newestLoad;
        var alert = await book.FindAsync(Id, _left.Token);
        var rules = await alertRules.ListAsync(_left.Token);
        var mayManage = await current.MayAsync(Right.ManageAlerts);
        if (load == _newestLoad)
        {
            (_alert, _rules, _mayManage, _isLoaded) = (alert, rules, mayManage, true);
        }
    }

    private async Task AcknowledgeAsync(Alert alert)
    {
        await acts.AcknowledgeAsync(alert, _left.Token);
        await LoadAsync();
    }

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}
