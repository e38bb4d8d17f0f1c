using System.Security.Cryptography;

namespace Dashboard.Core.Audit;

/// <summary>Walks along the chain and finds the first entry that is missing or not what was written.</summary>
internal sealed class AuditWalk(IAuditStore store, AuditChain chain)
{
    private const int BatchSize = 1_000;

    /// <summary>From the first entry to the last, against everything that attests how far the log reached.</summary>
    /// <param name="checkpoints">How far the log reached at some times, as is known for certain.</param>
    /// <param name="progress">Is told, now and then, how many entries were found good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AuditVerification> VerifyAsync(
        IReadOnlyList<AuditHead> checkpoints, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // Read first: entries that are added meanwhile are no fault. It is compared like a checkpoint, though nobody signed it.
        var counted = await store.ReadHeadAsync(cancellationToken);
        var attested = new Queue<(AuditHead Head, string Name)>(checkpoints
            .Select(head => (head, Name: $"The checkpoint attests {head.Number} entries"))
            .Append((counted, Name: CountedBy(counted)))
            .Where(known => known.Item1.Number > 0)
            .OrderBy(known => known.Item1.Number));
        var head = AuditHead.Empty;
        while (await store.ReadAsync(head.Number + 1, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            foreach (var record in batch)
            {
                if (FaultOf(record, head) is { } fault)
                {
                    return Broken(head, fault);
                }

                head = new AuditHead(record.Number, record.Hash);
                while (attested.TryPeek(out var known) && known.Head.Number == head.Number)
                {
                    if (!Same(known.Head.Hash, head.Hash))
                    {
                        return new AuditVerification(
                            false, head.Number - 1, head.Number, "The entry is not the one that was attested or counted.");
                    }

                    attested.Dequeue();
                }
            }

            progress?.Report(head.Number);
        }

        return attested.TryPeek(out var missing)
            ? Broken(head, $"{missing.Name}; the newest are gone.")
            : new AuditVerification(true, head.Number, null, null);
    }

    /// <summary>The next entries behind one that was found good, and whether this one still is what it was. Tells nobody.</summary>
    public async Task<AuditStep> VerifyAfterAsync(AuditHead head, CancellationToken cancellationToken)
    {
        var counted = await store.ReadHeadAsync(cancellationToken);
        var batch = await store.ReadAsync(Math.Max(head.Number, 1), BatchSize, cancellationToken);
        if (head.Number > 0 && (batch is not [var known, ..] || known.Number != head.Number || !Same(known.Hash, head.Hash)))
        {
            return new AuditStep(head, IsEnd: true, new AuditVerification(
                false, head.Number - 1, head.Number, "The entry was found good before, and is gone or another by now."));
        }

        foreach (var record in batch.Skip(head.Number > 0 ? 1 : 0))
        {
            if (FaultOf(record, head) is { } fault)
            {
                return new AuditStep(head, IsEnd: true, Broken(head, fault));
            }

            head = new AuditHead(record.Number, record.Hash);
        }

        var isEnd = batch.Count < BatchSize;
        return new AuditStep(
            head,
            isEnd,
            isEnd && head.Number < counted.Number ? Broken(head, $"{CountedBy(counted)}; the newest are gone.") : null);
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

    private static AuditVerification Broken(AuditHead good, string fault) => new(false, good.Number, good.Number + 1, fault);

    private static string CountedBy(AuditHead counted) => $"The store counts {counted.Number} entries";

    private static bool Same(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);
}

/// <summary>One step of a verification.</summary>
/// <param name="Head">How far everything is good.</param>
/// <param name="IsEnd">True where there was nothing more to read.</param>
/// <param name="Broken">What is wrong behind that; null where nothing is.</param>
internal sealed record AuditStep(AuditHead Head, bool IsEnd, AuditVerification? Broken);
