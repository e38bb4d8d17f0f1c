using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Verifies the audit log behind everybody's back: what is new every few minutes, all of it at start and once a day. Between
/// batches it pauses, so that nobody waits for it.
/// </summary>
internal sealed class AuditWatch(
    AuditLog audit,
    AuditAlerts alerts,
    IOptions<AlertOptions> options,
    LeaderElection election,
    TimeProvider clock,
    ILogger<AuditWatch> logger) : LeaderWork(election, options.Value.AuditInterval, clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // In memory alone: whoever can change the log can change what the store says of it.
    private AuditHead? _head;
    private DateTimeOffset _wholeAt;

    /// <summary>Verifies what is due now. What was found broken stays so until the whole log is good.</summary>
    public async Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        var isWhole = _head is null || (now - _wholeAt).Duration() >= options.Value.WholeAuditInterval;
        var known = _head ?? AuditHead.Empty;
        var head = isWhole ? AuditHead.Empty : known;
        while (true)
        {
            var step = await audit.VerifyAfterAsync(head, cancellationToken);
            if (step.Broken is { } broken)
            {
                // From the first entry again the next time.
                _head = null;
                await alerts.RaiseAsync(broken, cancellationToken);
                return broken;
            }

            head = step.Head;
            if (step.IsEnd)
            {
                break;
            }

            await Task.Delay(Pause, Clock, cancellationToken);
        }

        return await EndAsync(head, known, isWhole, now, cancellationToken);
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => VerifyAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => logger.AlertsDelayed(exception, "audit log");

    private async Task<AuditVerification> EndAsync(
        AuditHead head, AuditHead known, bool isWhole, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (head.Number < known.Number)
        {
            // The chain alone cannot show it; that it was longer can. It stays remembered, so that it stays found.
            var shortened = new AuditVerification(
                false, head.Number, head.Number + 1, $"There were {known.Number} entries; the newest are gone.");
            await alerts.RaiseAsync(shortened, cancellationToken);
            return shortened;
        }

        var good = new AuditVerification(true, head.Number, null, null);
        _head = head;
        if (isWhole)
        {
            _wholeAt = now;
            await alerts.VerifiedAsync(good, cancellationToken);
        }

        return good;
    }
}
