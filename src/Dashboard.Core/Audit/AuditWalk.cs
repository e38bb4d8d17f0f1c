using System.Security.Cryptography;
using Dashboard.Core.Audit.Pruning;

namespace Dashboard.Core.Audit;

/// <summary>
/// Walks along the chain and finds the first entry that is missing or not what was written. Where entries were pruned, it begins
/// behind them.
/// </summary>
internal sealed class AuditWalk(IAuditStore store, AuditChain chain, AuditPrunings prunings)
{
    private const int BatchSize = 1_000;
    private const string OtherThanAttested = "The entry is not the one that was attested or counted.";

    /// <summary>From the first entry to the last, against everything that attests how far the log reached.</summary>
    /// <param name="checkpoints">How far the log reached at some times, as is known for certain.</param>
    /// <param name="progress">Is told, now and then, how many entries were found good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AuditVerification> VerifyAsync(
        IReadOnlyList<AuditHead> checkpoints, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            var anchor = await prunings.FindAnchorAsync(isWhole: true, cancellationToken);
            var found = await VerifyPrunedAsync(anchor, cancellationToken)
                ?? await VerifyAsync(anchor, checkpoints, progress, cancellationToken);
            if (!found.Intact && await HasMovedAsync(anchor, cancellationToken))
            {
                continue;
            }

            return Judge(found, anchor) with { Pruned = anchor.Pruned };
        }
    }

    /// <summary>The next entries behind one that was found good, and whether this one still is what it was. Tells nobody.</summary>
    public async Task<AuditStep> VerifyAfterAsync(AuditHead head, CancellationToken cancellationToken)
    {
        while (true)
        {
            var anchor = await prunings.FindAnchorAsync(isWhole: false, cancellationToken);
            var step = await VerifyAfterAsync(anchor, head, cancellationToken);
            if (step.Broken is null && anchor.Fault is { } fault)
            {
                return new AuditStep(step.Head, IsEnd: true, new AuditVerification(false, step.Head.Number - anchor.Head.Number, fault.Number, fault.Text));
            }

            if (step.Broken is null || !await HasMovedAsync(anchor, cancellationToken))
            {
                return step;
            }
        }
    }

    /// <summary>What is wrong with an entry or its place behind another; null where nothing is.</summary>
    public string? FaultOf(AuditRecord record, AuditHead before) =>
        FaultOf(record, before, chain.Hash(before.Hash, record.Number, record.At, record.Entry));

    /// <summary>The same for one whose hash should be this.</summary>
    public static string? FaultOf(AuditRecord record, AuditHead before, byte[] hash) => record switch
    {
        _ when record.Number != before.Number + 1 => "The entry is missing.",
        _ when !Same(record.PreviousHash, before.Hash) => "The entry does not follow the one before it.",
        _ when !Same(record.Hash, hash) => "The entry was changed after it was written.",
        _ => null,
    };

    /// <summary>The same for one that a checkpoint may attest.</summary>
    public string? FaultOf(AuditRecord record, AuditHead before, AuditHead? attested) =>
        FaultOf(record, before) ?? (attested is null || Same(attested.Hash, record.Hash) ? null : OtherThanAttested);

    /// <summary>What is wrong with the entry that a checkpoint attests; null where nothing is, and where it was pruned.</summary>
    public async Task<AuditVerification?> FindFaultAsync(AuditHead attested, CancellationToken cancellationToken)
    {
        var record = await store.ReadAsync(attested.Number, 1, cancellationToken) is [var found] && found.Number == attested.Number ? found : null;
        if (record is not null && Same(record.Hash, attested.Hash))
        {
            return null;
        }

        // Asked afterwards: it may have been pruned just now.
        var anchor = await FindAnchorAsync(cancellationToken);
        if (attested.Number <= anchor.Head.Number)
        {
            return null;
        }

        var counted = await store.ReadHeadAsync(cancellationToken);
        var good = record is null ? Math.Min(attested.Number - 1, counted.Number) : attested.Number - 1;
        return new AuditVerification(
            false,
            good - anchor.Head.Number,
            good + 1,
            record is null ? $"A checkpoint attests {attested.Number} entries; the newest are gone." : OtherThanAttested);
    }

    /// <inheritdoc cref="AuditPrunings.FindAnchorAsync"/>
    public Task<AuditAnchor> FindAnchorAsync(CancellationToken cancellationToken) =>
        prunings.FindAnchorAsync(isWhole: false, cancellationToken);

    private async Task<AuditVerification> VerifyAsync(
        AuditAnchor anchor, IReadOnlyList<AuditHead> checkpoints, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // Read first: entries that are added meanwhile are no fault. It is compared like a checkpoint, though nobody signed it.
        var counted = await store.ReadHeadAsync(cancellationToken);
        var head = anchor.Head;
        if (checkpoints.FirstOrDefault(known => known.Number == head.Number && !Same(known.Hash, head.Hash)) is not null)
        {
            return new AuditVerification(
                false, 0, head.Number, "The entry that was pruned last is not the one that was attested.");
        }

        var attested = new Queue<(AuditHead Head, string Name)>(checkpoints
            .Select(known => (known, Name: $"The checkpoint attests {known.Number} entries"))
            .Append((counted, Name: CountedBy(counted)))
            .Where(known => known.Item1.Number > head.Number)
            .OrderBy(known => known.Item1.Number));
        while (await store.ReadAsync(head.Number + 1, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            foreach (var record in batch)
            {
                if (FaultOf(record, head) is { } fault)
                {
                    return Broken(anchor, head, fault);
                }

                head = new AuditHead(record.Number, record.Hash);
                while (attested.TryPeek(out var known) && known.Head.Number == head.Number)
                {
                    if (!Same(known.Head.Hash, head.Hash))
                    {
                        return new AuditVerification(false, head.Number - 1 - anchor.Head.Number, head.Number, OtherThanAttested);
                    }

                    attested.Dequeue();
                }
            }

            progress?.Report(head.Number);
        }

        return attested.TryPeek(out var missing)
            ? Broken(anchor, head, $"{missing.Name}; the newest are gone.")
            : new AuditVerification(true, head.Number - anchor.Head.Number, null, null);
    }

    private async Task<AuditStep> VerifyAfterAsync(AuditAnchor anchor, AuditHead head, CancellationToken cancellationToken)
    {
        var counted = await store.ReadHeadAsync(cancellationToken);
        var isKnown = head.Number > anchor.Head.Number;
        var batch = await store.ReadAsync(isKnown ? head.Number : anchor.Head.Number + 1, BatchSize, cancellationToken);
        var changed = (head.Number - anchor.Head.Number) switch
        {
            > 0 => batch is not [var known, ..] || known.Number != head.Number || !Same(known.Hash, head.Hash),
            0 => !Same(anchor.Head.Hash, head.Hash),
            _ => false,
        };
        if (changed)
        {
            return new AuditStep(head, IsEnd: true, new AuditVerification(
                false, Math.Max(head.Number - 1 - anchor.Head.Number, 0), head.Number, "The entry was found good before, and is gone or another by now."));
        }

        head = isKnown ? head : anchor.Head;
        foreach (var record in batch.Skip(isKnown ? 1 : 0))
        {
            if (FaultOf(record, head) is { } fault)
            {
                return new AuditStep(head, IsEnd: true, Broken(anchor, head, fault));
            }

            head = new AuditHead(record.Number, record.Hash);
        }

        var isEnd = batch.Count < BatchSize;
        return new AuditStep(
            head,
            isEnd,
            isEnd && head.Number < counted.Number ? Broken(anchor, head, $"{CountedBy(counted)}; the newest are gone.") : null);
    }

    // What was pruned may have come back with a backup, and is what was written then. Nothing else may stand there.
    private async Task<AuditVerification?> VerifyPrunedAsync(AuditAnchor anchor, CancellationToken cancellationToken)
    {
        var next = 1L;
        while (next <= anchor.Head.Number
            && await store.ReadAsync(next, BatchSize, cancellationToken) is [.., var last] batch)
        {
            foreach (var record in batch.TakeWhile(record => record.Number <= anchor.Head.Number))
            {
                if (FaultOf(record, new AuditHead(record.Number - 1, record.PreviousHash)) is not null)
                {
                    return new AuditVerification(
                        false, 0, record.Number, "The entry was pruned, and what stands in its place is not what was written.");
                }
            }

            next = last.Number + 1;
        }

        return null;
    }

    // Entries that are pruned while they are read look as if somebody had deleted them.
    private async Task<bool> HasMovedAsync(AuditAnchor anchor, CancellationToken cancellationToken) =>
        (await prunings.FindAnchorAsync(isWhole: false, cancellationToken)).Head.Number > anchor.Head.Number;

    private static AuditVerification Judge(AuditVerification found, AuditAnchor anchor) => (found, anchor.Fault) switch
    {
        (_, null) => found,
        ({ Intact: true }, { } fault) => found with { Intact = false, FirstBroken = fault.Number, Fault = fault.Text },
        (_, { } fault) => found with { Fault = $"{found.Fault} {fault.Text}" },
    };

    private static AuditVerification Broken(AuditAnchor anchor, AuditHead good, string fault) =>
        new(false, good.Number - anchor.Head.Number, good.Number + 1, fault);

    private static string CountedBy(AuditHead counted) => $"The store counts {counted.Number} entries";

    private static bool Same(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);
}

/// <summary>One step of a verification.</summary>
/// <param name="Head">How far everything is good.</param>
/// <param name="IsEnd">True where there was nothing more to read.</param>
/// <param name="Broken">What is wrong behind that; null where nothing is.</param>
internal sealed record AuditStep(AuditHead Head, bool IsEnd, AuditVerification? Broken);
