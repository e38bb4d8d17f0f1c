using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Signing;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Audit.Pruning;

/// <summary>
/// Deletes entries that have outlived their retention, the oldest first. Only what is in place and unchanged goes: of a log that
/// somebody tampered with nothing is deleted, so that it stays to be seen.
/// </summary>
internal sealed class AuditPruner(
    IAuditStore entries,
    IAuditPruningStore store,
    AuditPrunings prunings,
    AuditLog audit,
    AuditCheckpoints checkpoints,
    AuditSigner signer,
    IOptions<AuditOptions> options,
    ILogger<AuditPruner> logger)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>As leader, deletes up to so many of those that are due at a time; returns how many went.</summary>
    public async Task<int> PruneAsync(DateTimeOffset now, int limit, Term term, CancellationToken cancellationToken)
    {
        var retention = options.Value.Retention;
        if (retention <= TimeSpan.Zero)
        {
            return 0;
        }

        // Whole days at once, or every hour would leave a record and an entry of its own.
        var before = retention >= Day ? new DateTimeOffset((now - retention).UtcDateTime.Date, TimeSpan.Zero) : now - retention;
        var anchor = await prunings.FindAnchorAsync(isWhole: false, cancellationToken);
        List<AuditRecord> due = anchor.Fault is null
            ? [.. (await entries.ReadAsync(anchor.Head.Number + 1, limit, cancellationToken)).TakeWhile(record => record.At < before)]
            : [];
        if (due is [] || !await IsGoodAsync(anchor.Head, due, cancellationToken))
        {
            return 0;
        }

        var (first, last) = (due[0], due[^1]);
        await AttestBeyondAsync(last.Number, cancellationToken);
        var record = PruningText.Write(
            new AuditHead(last.Number, last.Hash), due.Count, first.At, last.At, now.CutToMilliseconds(), signer);
        if (!await store.PruneAsync(record, anchor.Head.Number, term, cancellationToken))
        {
            return 0;
        }

        logger.Pruned(due.Count, last.Number, record.Text);
        return due.Count;
    }

    private async Task<bool> IsGoodAsync(AuditHead head, List<AuditRecord> due, CancellationToken cancellationToken)
    {
        var attested = (await checkpoints.ListAsync(due[^1].Number + 1, due.Count, cancellationToken))
            .Where(checkpoint => checkpoint.IsTrusted)
            .ToDictionary(checkpoint => checkpoint.Head.Number, checkpoint => checkpoint.Head);
        foreach (var record in due)
        {
            if (audit.FaultOf(record, head, attested.GetValueOrDefault(record.Number)) is { } fault)
            {
                await audit.TellAsync(new AuditVerification(false, 0, head.Number + 1, fault), cancellationToken);
                return false;
            }

            head = new AuditHead(record.Number, record.Hash);
        }

        return true;
    }

    // Of what is left there must be something that was attested: those of what goes say nothing of it.
    private async Task AttestBeyondAsync(long number, CancellationToken cancellationToken)
    {
        if (await checkpoints.FindTrustedAsync(cancellationToken) is not { } newest || newest.Head.Number < number)
        {
            await checkpoints.TakeDueAsync(TimeSpan.Zero, cancellationToken);
        }
    }
}
