using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Raises an alert of a broken audit log, whoever found it. A good verification ends it not: of a log whose newest entries are
/// gone the rest is good.
/// </summary>
internal sealed class AuditAlerts(AlertBook book, ILogger<AuditAlerts> logger) : IAuditWatcher
{
    public async Task VerifiedAsync(AuditVerification found, CancellationToken cancellationToken)
    {
        if (found.Intact)
        {
            return;
        }

        logger.ChainBroken(found.FirstBroken, found.Fault);
        try
        {
            await book.RaiseAsync(DraftOf(found), cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            // Whoever verifies is told what was found all the same; the next verification finds it again.
            logger.AlertsDelayed(exception, AlertKinds.AuditBroken);
        }
    }

    private static AlertDraft DraftOf(AuditVerification found) => new(
        AlertKinds.AuditBroken,
        "chain",
        AlertSeverity.Critical,
        "The audit log was tampered with",
        $"Entry {found.FirstBroken}: {found.Fault} The {found.Verified} entries before it are good. Keep the store as it is, and find out "
        + "who can write to it.",
        "/audit")
    {
        Times = 0,
    };
}
