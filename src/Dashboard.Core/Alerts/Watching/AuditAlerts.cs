using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Raises an alert of a broken audit log, whoever found it, and ends it when the whole log was found good.</summary>
internal sealed class AuditAlerts(AlertBook book, ILogger<AuditAlerts> logger) : IAuditWatcher
{
    private const string Chain = "chain";

    public async Task VerifiedAsync(AuditVerification found, CancellationToken cancellationToken)
    {
        try
        {
            await (found.Intact
                ? book.ResolveAsync(AlertKinds.AuditBroken, Chain, null, cancellationToken)
                : (Task)RaiseAsync(found, cancellationToken));
        }
        catch (StoreUnavailableException exception)
        {
            // Whoever verifies is told what was found all the same; the next verification finds it again.
            logger.AlertsDelayed(exception, AlertKinds.AuditBroken);
        }
    }

    /// <summary>Says that the log is broken.</summary>
    public Task RaiseAsync(AuditVerification found, CancellationToken cancellationToken)
    {
        logger.AuditBroken(found.FirstBroken, found.Fault);
        return book.RaiseAsync(
            new AlertDraft(
                AlertKinds.AuditBroken,
                Chain,
                AlertSeverity.Critical,
                "The audit log was tampered with",
                $"Entry {found.FirstBroken}: {found.Fault} The {found.Verified} entries before it are good. Keep the store as it is, and find "
                + "out who can write to it.",
                "/audit")
            {
                Times = 0,
            },
            cancellationToken);
    }
}
