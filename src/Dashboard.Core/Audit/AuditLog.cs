using System.Security.Cryptography;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Audit;

/// <summary>Reads, verifies and attests the audit log.</summary>
public sealed class AuditLog
{
    private const int BatchSize = 1_000;

    private readonly IAuditStore _store;
    private readonly AuditChain _chain;
    private readonly IChangeFeed _feed;
    private readonly IReadOnlyList<IAuditWatcher> _watchers;

    internal AuditLog(IAuditStore store, AuditChain chain, IChangeFeed feed, IEnumerable<IAuditWatcher> watchers) =>
        (_store, _chain, _feed, _watchers) = (store, chain, feed, [.. watchers]);

    /// <summary>Records the reading of something sensitive.</summary>
    public async Task RecordReadAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var record = await _store.AppendAsync(entry, cancellationToken);
        _feed.Publish(new Change(ChangeKind.Audit, record.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <inheritdoc cref="IAuditStore.ListAsync"/>
    public Task<Page<AuditRecord>> ListAsync(
        AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        _store.ListAsync(filter, cursor, limit, cancellationToken);

    /// <inheritdoc cref="IAuditStore.FindNewestAsync"/>
    public Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken) =>
        _store.FindNewestAsync(cancellationToken);

    /// <summary>
    /// Walks the whole chain. With a <paramref name="checkpoint"/> taken earlier it also notices that the newest entries
    /// were deleted, which a chain alone cannot show.
    /// </summary>
    public async Task<AuditVerification> VerifyAsync(AuditHead? checkpoint, CancellationToken cancellationToken)
    {
        var found = await WalkAsync(checkpoint, cancellationToken);
        foreach (var watcher in _watchers)
        {
            await watcher.VerifiedAsync(found, cancellationToken);
        }

        return found;
    }

    /// <summary>
    /// Verifies the next entries behind one that was found good, and that this one still is what it was. Tells nobody.
    /// </summary>
    internal async Task<AuditStep> VerifyAfterAsync(AuditHead head, CancellationToken cancellationToken)
    {
        var batch = await _store.ReadAsync(Math.Max(head.Number, 1), BatchSize, cancellationToken);
        if (head.Number > 0 && (batch is not [var known, ..] || known.Number != head.Number || !Same(known.Hash, head.Hash)))
        {
            return new AuditStep(head, IsEnd: true, new AuditVerification(
                false, head.Number - 1, head.Number, "The entry was found good before, and is gone or another by now."));
        }

        foreach (var record in batch.Skip(head.Number > 0 ? 1 : 0))
        {
            if (FaultOf(record, head) is { } fault)
            {
                return new AuditStep(head, IsEnd: true, new AuditVerification(false, head.Number, head.Number + 1, fault));
            }

            head = new AuditHead(record.Number, record.Hash);
        }

        return new AuditStep(head, batch.Count < BatchSize, null);
    }

    private async Task<AuditVerification> WalkAsync(AuditHead? checkpoint, CancellationToken cancellationToken)
    {
        var head = new AuditHead(0, AuditChain.Start);
        while (await _store.ReadAsync(head.Number + 1, BatchSize, cancellationToken) is { Count: > 0 } batch)
        {
            foreach (var record in batch)
            {
                if (FaultOf(record, head) is { } fault)
                {
                    return new AuditVerification(false, head.Number, head.Number + 1, fault);
                }

                head = new AuditHead(record.Number, record.Hash);
                if (checkpoint?.Number == head.Number && !Same(checkpoint.Hash, head.Hash))
                {
                    return new AuditVerification(
                        false, head.Number, head.Number, "The entry is not the one that the checkpoint attests.");
                }
            }
        }

        return checkpoint?.Number > head.Number
            ? new AuditVerification(
                false, head.Number, head.Number + 1, $"The checkpoint attests {checkpoint.Number} entries; the newest are gone.")
            : new AuditVerification(true, head.Number, null, null);
    }

    private string? FaultOf(AuditRecord record, AuditHead head) => record switch
    {
        _ when record.Number != head.Number + 1 => "The entry is missing.",
        _ when !Same(record.PreviousHash, head.Hash) => "The entry does not follow the one before it.",
        _ when !Same(record.Hash, _chain.Hash(head.Hash, record.Number, record.At, record.Entry)) =>
            "The entry was changed after it was written.",
        _ => null,
    };

    private static bool Same(byte[] left, byte[] right) => CryptographicOperations.FixedTimeEquals(left, right);
}

/// <summary>How far a chain reaches.</summary>
/// <param name="Number">The number of its newest entry; 0 for an empty log.</param>
/// <param name="Hash">The hash of that entry.</param>
public sealed record AuditHead(long Number, byte[] Hash)
{
    /// <summary>That of an empty log.</summary>
    internal static readonly AuditHead Empty = new(0, AuditChain.Start);
}

/// <summary>One step of a verification.</summary>
/// <param name="Head">How far everything is good.</param>
/// <param name="IsEnd">True where there was nothing more to read.</param>
/// <param name="Broken">What is wrong behind that; null where nothing is.</param>
internal sealed record AuditStep(AuditHead Head, bool IsEnd, AuditVerification? Broken);

/// <summary>What a walk over the audit chain found.</summary>
/// <param name="Intact">True where every entry is in place and unchanged.</param>
/// <param name="Verified">How many entries were found good, counted from the first.</param>
/// <param name="FirstBroken">The number of the first bad or missing entry; null where there is none.</param>
/// <param name="Fault">What is wrong with it; null where nothing is.</param>
public sealed record AuditVerification(bool Intact, long Verified, long? FirstBroken, string? Fault);
