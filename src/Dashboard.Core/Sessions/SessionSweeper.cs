using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions;

/// <summary>
/// Ends sessions whose limit has passed while nobody asked for them, so that their tokens end too. Of several nodes only the
/// leader does; an end counts once, whoever writes it.
/// </summary>
internal sealed class SessionSweeper(
    ISessionStore store,
    SessionLimits limits,
    SessionEnding ending,
    IOptions<SessionOptions> options,
    LeaderElection election,
    TimeProvider clock,
    ILogger<SessionSweeper> logger) : BackgroundService
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Ends what is overdue now; returns how many sessions that were.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var ended = 0;
        foreach (var session in await store.FindOverdueAsync(now, now - options.Value.IdleLimit, MostAtOnce, cancellationToken))
        {
            if (limits.Check(session, now) is { } reason && await ending.EndOverdueAsync(session, reason, cancellationToken))
            {
                ended++;
            }
        }

        return ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await election.FindTermAsync(stoppingToken) is not null)
                {
                    await SweepAsync(stoppingToken);
                }
            }
            catch (StoreUnavailableException exception)
            {
                logger.SweepFailed(exception);
            }
        }
    }
}
