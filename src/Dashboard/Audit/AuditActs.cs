using System.Globalization;
using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace Dashboard.Audit;

/// <summary>What reviewers do with the log: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class AuditActs(
    AuditVerifier verifier, AuditCheckpoints checkpoints, CurrentOperator current, Acts acts, Toasts toasts, IJSRuntime script)
{
    private const string NotAllowed = "Your role does not allow this any more. Nothing was done.";

    /// <summary>Begins a verification; true where one runs now.</summary>
    /// <param name="checkpoint">A checkpoint that was kept elsewhere; null for none.</param>
    public async Task<bool> VerifyAsync(string? checkpoint)
    {
        if (await current.FindAsync(Right.ReadAudit) is not { } who)
        {
            toasts.Error(NotAllowed);
            return false;
        }

        switch (verifier.Start(who, checkpoint))
        {
            case AuditStart.NoCheckpoint:
                toasts.Error("That is no checkpoint that a trusted key of this Signet signed. Nothing was verified.");
                return false;
            case AuditStart.AlreadyRunning:
                toasts.Success("A verification is running already: this is how far it has come.");
                return true;
            default:
                return true;
        }
    }

    /// <summary>Stops the verification that runs on this node.</summary>
    public async Task StopAsync()
    {
        if (await current.FindAsync(Right.ReadAudit) is { } who)
        {
            verifier.Stop(who);
        }
        else
        {
            toasts.Error(NotAllowed);
        }
    }

    /// <summary>Attests the log as it stands.</summary>
    public Task TakeCheckpointAsync(CancellationToken cancellationToken) => acts.GuardAsync(async () =>
    {
        if (await current.FindAsync(Right.ReadAudit) is not { } who)
        {
            toasts.Error(NotAllowed);
            return null;
        }

        var taken = await checkpoints.TakeAsync(who, cancellationToken);
        toasts.Success($"The log is attested up to entry {taken.Head.Number.ToString("N0", CultureInfo.InvariantCulture)}.");
        return taken;
    });

    /// <summary>Lets the browser download a checkpoint with a ticket that works once.</summary>
    public async Task DownloadAsync(AuditCheckpoint checkpoint)
    {
        var number = checkpoint.Head.Number.ToString(CultureInfo.InvariantCulture);
        await script.InvokeVoidAsync("signet.download", $"/dashboard/audit/checkpoints/{number}", $"audit-checkpoint-{number}.txt");
    }

    /// <summary>Asks why, then lets the browser download the entries with a ticket that works once.</summary>
    /// <param name="query">The filter, as the audit page writes it into its address.</param>
    /// <param name="format"><c>csv</c> or <c>ndjson</c>.</param>
    /// <param name="rows">How many entries that are; null where it is not known.</param>
    /// <param name="isCapped">True where there are more than that.</param>
    public async Task ExportAsync(string query, string format, long? rows, bool isCapped)
    {
        var question = new ReasonQuestion
        {
            Title = "Export these entries?",
            Named = rows is { } count
                ? $"{CountText.Of(count, "row", isCapped)} as {format.ToUpperInvariant()}"
                : format.ToUpperInvariant(),
            Consequence = "A file with who did what, when, from where and why leaves Signet. It holds no secret. The export itself is recorded.",
            ActionLabel = "Export",
            IsDestructive = false,
        };
        if (await acts.AskAsync(Right.Export, question) is { Reason: var reason })
        {
            var address = QueryHelpers.AddQueryString("/dashboard/audit/export" + query, "format", format);
            await script.InvokeVoidAsync("signet.download", QueryHelpers.AddQueryString(address, "reason", reason), $"audit.{format}");
        }
    }
}
