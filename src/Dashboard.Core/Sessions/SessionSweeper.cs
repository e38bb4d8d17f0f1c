using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
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
    ILogger<SessionSweeper> logger) : LeaderWork(election, Interval, clock, logger)
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    /// <summary>Ends what is overdue now; returns how many sessions that were.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
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

    protected override Task WorkAsync(CancellationToken cancellationToken) => SweepAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => Logger.SweepFailed(exception);
}
