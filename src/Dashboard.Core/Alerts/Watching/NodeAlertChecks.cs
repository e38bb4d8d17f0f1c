using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Makes the checks of what this node has for itself.</summary>
internal sealed class NodeAlertChecks(IEnumerable<IAlertCheck> checks, TimeProvider clock, ILogger<NodeAlertChecks> logger)
    : BackgroundService
{
    private readonly DueChecks _due = new(checks.Where(check => check is INodeAlertCheck), clock, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(AlertChecks.Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await _due.RunAsync(stoppingToken);
        }
    }
}
