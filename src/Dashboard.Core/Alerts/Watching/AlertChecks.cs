using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Makes the checks of what all nodes share. Of several nodes only the leader does.</summary>
internal sealed class AlertChecks(
    IEnumerable<IAlertCheck> checks, LeaderElection election, TimeProvider clock, ILogger<AlertChecks> logger)
    : LeaderWork(election, Tick, clock, logger)
{
    /// <summary>Nothing is looked at more often.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(15);

    private readonly DueChecks _due = new(checks.Where(check => check is not INodeAlertCheck), clock, logger);

    protected override Task WorkAsync(CancellationToken cancellationToken) => _due.RunAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => Logger.AlertsDelayed(exception, "checks");
}
