using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Verifies the audit log behind everybody's back: what is new every few minutes, all of it at start and once a day, then also
/// against every checkpoint, so that it shows when newest entries went while nobody looked. Between batches it pauses, so that
/// nobody waits for it.
/// </summary>
internal sealed class AuditWatch(
    AuditLog audit,
    AuditCheckpoints checkpoints,
    AuditAlerts alerts,
    IOptions<AlertOptions> options,
    LeaderElection election,
    TimeProvider clock,
    ILogger<AuditWatch> logger) : LeaderWork(election, options.Value.AuditInterval, clock, logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // In memory alone: whoever can change the log can change what the store says of it. It stays where something is broken, so
    // that newest entries that are gone stay found.
    private AuditHead _head = AuditHead.Empty;
    private DateTimeOffset? _wholeAt;

    /// <summary>Verifies what is due now.</summary>
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var isWhole = _wholeAt is not { } at || (now - at).Duration() >= options.Value.WholeAuditInterval;
        var found = isWhole ? await WalkAsync(AuditHead.Empty, cancellationToken) : null;

        // Then from where it was good the last time: the chain alone does not show that it was longer. Before the first time
        // there is no such place, and everything was walked just now.
        found = found is null || (found.Broken is null && _head.Number > 0) ? await WalkAsync(_head, cancellationToken) : found;
        var contradiction = found.Broken is null && isWhole ? await checkpoints.FindContradictionAsync(cancellationToken) : null;
        if ((found.Broken ?? contradiction) is { } broken)
        {
            _wholeAt = null;
            await alerts.VerifiedAsync(broken, cancellationToken);
            return broken;
        }

        (_head, _wholeAt) = (found.Head, isWhole ? now : _wholeAt);
        return new AuditVerification(true, _head.Number, null, null);
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => VerifyAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => Logger.AlertsDelayed(exception, "audit log");

    private async Task<AuditStep> WalkAsync(AuditHead head, CancellationToken cancellationToken)
    {
        while (true)
        {
            var step = await audit.VerifyAfterAsync(head, cancellationToken);
            if (step.IsEnd)
            {
                return step;
            }

            head = step.Head;
            await Task.Delay(Pause, Clock, cancellationToken);
        }
    }
}
