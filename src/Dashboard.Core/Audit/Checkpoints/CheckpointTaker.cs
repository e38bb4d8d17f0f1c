using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>
/// Takes a checkpoint every so often, where the log has grown. The store says when the last one was, so that it is no matter
/// which node leads.
/// </summary>
internal sealed class CheckpointTaker(
    AuditCheckpoints checkpoints,
    IOptions<AuditOptions> options,
    LeaderElection election,
    TimeProvider clock,
    ILogger<CheckpointTaker> logger) : LeaderWork(election, Interval, clock, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (options.Value.CheckpointInterval > TimeSpan.Zero)
        {
            await checkpoints.TakeDueAsync(options.Value.CheckpointInterval, cancellationToken);
        }
    }

    protected override void Delayed(StoreUnavailableException exception) => Logger.CheckpointDelayed(exception);
}
