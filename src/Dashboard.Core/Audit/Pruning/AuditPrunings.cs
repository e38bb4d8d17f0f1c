using Dashboard.Core.Audit.Signing;

namespace Dashboard.Core.Audit.Pruning;

/// <summary>
/// Says where the log begins: at its first entry, or behind those that a signed record says were pruned. A record that nobody of
/// ours signed moves nothing, and is itself a fault.
/// </summary>
/// <remarks>
/// A record whose key was revoked since could be anybody's. It counts where the log tells of it: its entries are not chained by
/// that key.
/// </remarks>
internal sealed class AuditPrunings(IAuditPruningStore store, IAuditStore entries, AuditSigner signer)
{
    private const int Step = 200;

    /// <summary>Where the log begins.</summary>
    /// <param name="isWhole">Whether the records before the newest good one are looked at too.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AuditAnchor> FindAnchorAsync(bool isWhole, CancellationToken cancellationToken)
    {
        AuditPruning? anchor = null;
        AuditPruning? above = null;
        PruningFault? fault = null;
        var before = long.MaxValue;
        while (await store.ListAsync(before, Step, cancellationToken) is [.., var last] rows)
        {
            foreach (var row in rows)
            {
                if (await OpenAsync(row, anchor is not null, cancellationToken) is not { } pruning)
                {
                    fault ??= PruningFault.Unsigned(row.Number);
                    continue;
                }

                fault ??= above is not null && above.Last.Number - above.Count != pruning.Last.Number
                    ? PruningFault.MissingBefore(above.Last.Number)
                    : null;
                above = pruning;
                anchor ??= pruning;
                if (!isWhole || fault is not null)
                {
                    return new AuditAnchor(anchor, fault);
                }
            }

            before = last.Number;
        }

        fault ??= above is not null && above.Count != above.Last.Number ? PruningFault.MissingBefore(above.Last.Number) : null;
        return new AuditAnchor(anchor, fault);
    }

    private async Task<AuditPruning?> OpenAsync(PruningRow row, bool isOld, CancellationToken cancellationToken)
    {
        if (PruningText.Open(row) is not { Pruning: var pruning, Signed: var signed })
        {
            return null;
        }

        // What tells of an old one may be pruned itself by now; nothing begins there any more.
        var isGood = signer.Judge(signed) switch
        {
            SignatureState.Trusted => true,
            SignatureState.OfRevokedKey => isOld || await IsToldAsync(pruning, row.Entry, cancellationToken),
            _ => false,
        };
        return isGood ? pruning : null;
    }

    private async Task<bool> IsToldAsync(AuditPruning pruning, long entry, CancellationToken cancellationToken) =>
        await entries.ReadAsync(entry, 1, cancellationToken) is [var record] && record.Number == entry && pruning.IsToldBy(record);
}

/// <summary>Where the log begins.</summary>
/// <param name="Pruning">The newest pruning that counts; null where there is none.</param>
/// <param name="Fault">What is wrong with the records; null where nothing is.</param>
internal sealed record AuditAnchor(AuditPruning? Pruning, PruningFault? Fault)
{
    /// <summary>What the first entry follows.</summary>
    public AuditHead Head => Pruning?.Last ?? AuditHead.Empty;

    /// <summary>For whoever asks what was pruned.</summary>
    public AuditPruned? Pruned => Pruning is null ? null : new AuditPruned(Pruning.Last.Number, Pruning.At, Pruning.KeyId);
}

/// <summary>Something is wrong with the records of prunings.</summary>
/// <param name="Number">The entry up to which the record speaks.</param>
/// <param name="Text">What.</param>
internal sealed record PruningFault(long Number, string Text)
{
    public static PruningFault Unsigned(long number) => new(
        number, $"The record that entries up to {PruningText.Number(number)} were pruned is not what a trusted key signed.");

    public static PruningFault MissingBefore(long number) => new(
        number, $"The record of the pruning before that of entry {PruningText.Number(number)} is missing.");
}
