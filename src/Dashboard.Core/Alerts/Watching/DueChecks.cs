using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Makes each check when it is due. One that fails keeps none of the others from being made, and is due again at once.</summary>
internal sealed class DueChecks(IEnumerable<IAlertCheck> checks, TimeProvider clock, ILogger logger)
{
    private readonly IReadOnlyList<IAlertCheck> _checks = [.. checks];
    private readonly Dictionary<IAlertCheck, DateTimeOffset> _madeAt = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var check in _checks)
        {
            // Also where the clock was set back since.
            if (_madeAt.TryGetValue(check, out var madeAt) && (now - madeAt).Duration() < check.Interval)
            {
                continue;
            }

            try
            {
                await check.CheckAsync(cancellationToken);
                _madeAt[check] = now;
            }
            catch (StoreUnavailableException exception)
            {
                logger.AlertsDelayed(exception, check.GetType().Name);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.CheckFailed(check.GetType().Name, exception.GetType().Name);
            }
        }
    }
}
