using System.Security.Cryptography;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Audit;

/// <summary>Reads, verifies and attests the audit log.</summary>
public sealed class AuditLog
{
    /// <summary>A page of a search looks at so many entries at most.</summary>
    public const int MostLooked = AuditSearch.MostLooked;

    private const int BatchSize = 1_000;

    private readonly IAuditStore _store;
    private readonly AuditChain _chain;
    private readonly IChangeFeed _feed;
    private readonly AuditSearch _search;

    internal AuditLog(IAuditStore store, AuditChain chain, IChangeFeed feed) =>
        (_store, _chain, _feed, _search) = (store, chain, feed, new AuditSearch(store));

    /// <summary>Records the reading of something sensitive.</summary>
    public async Task RecordReadAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        var record = await _store.AppendAsync(entry, cancellationToken);
        _feed.Publish(new Change(ChangeKind.Audit, record.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Lists entries, newest first. A page may be short, even empty, and not be the last.</summary>
    public async Task<Page<AuditRecord>> ListAsync(
        AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        (await SearchAsync(filter, cursor, limit, cancellationToken)).Page;

    /// <summary>The same, and how far was looked.</summary>
    public Task<AuditFound> SearchAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        _search.FindAsync(filter, cursor, limit, cancellationToken);

    /// <inheritdoc cref="AuditSearch.CountAfterAsync"/>
    public Task<int> CountAfterAsync(AuditFilter filter, long number, CancellationToken cancellationToken) =>
        _search.CountAfterAsync(filter, number, cancellationToken);

    /// <summary>Everything that a filter covers and that is there when the reading begins, newest first.</summary>
    public IAsyncEnumerable<AuditRecord> ReadAllAsync(AuditFilter filter, CancellationToken cancellationToken) =>
        _search.ReadAllAsync(filter, cancellationToken);

    /// <summary>An entry and its neighbours, and what is wrong with it; null where there is none of that number.</summary>
    public async Task<AuditView?> FindAsync(long number, CancellationToken cancellationToken)
    {
        if (number < 1)
        {
            return null;
        }

        var rows = await _store.ReadAsync(Math.Max(number - 1, 1), 3, cancellationToken);
        if (rows.FirstOrDefault(row => row.Number == number) is not { } record)
        {
            return null;
        }

        var previous = rows.FirstOrDefault(row => row.Number == number - 1);
        var before = previous is null ? new AuditHead(0, AuditChain.Start) : new AuditHead(previous.Number, previous.Hash);
        return new AuditView(record, FaultOf(record, before), rows.Any(row => row.Number == number + 1));
    }

    /// <inheritdoc cref="IAuditStore.ReadHeadAsync"/>
    public Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) => _store.ReadHeadAsync(cancellationToken);

    /// <inheritdoc cref="IAuditStore.ReadTermsAsync"/>
    public Task<AuditTerms> ReadTermsAsync(CancellationToken cancellationToken) => _store.ReadTermsAsync(cancellationToken);

    /// <inheritdoc cref="IAuditStore.FindNewestAsync"/>
    public Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken) =>
        _store.FindNewestAsync(cancellationToken);

    /// <summary>
    /// Walks the whole chain. With a <paramref name="checkpoint"/> taken earlier it also notices that the newest entries
    /// were deleted and the store was made to forget how many there were, which a chain alone cannot show.
    /// </summary>
    public Task<AuditVerification> VerifyAsync(AuditHead? checkpoint, CancellationToken cancellationToken) =>
        VerifyAsync(checkpoint is null ? [] : [checkpoint], null, cancellationToken);

    /// <summary>The same with any number of checkpoints.</summary>
    /// <param name="checkpoints">How far the log reached at some times, as is known for certain.</param>
    /// <param name="progress">Is told, now and then, how many entries were found good.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AuditVerification> VerifyAsync(
        IReadOnlyList<AuditHead> checkpoints, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // Read first: entries that are added meanwhile are no fault. It is compared like a checkpoint, though nobody signed it.
        var counted = await _store.ReadHeadAsync(cancellationToken);
        var attested = new Queue<(AuditHead Head, string Name)>(checkpoints
            .Select(head => (head, Name: $"The checkpoint attests {head.Number} entries"))
            .Append((counted, Name: $"The store counts {counted.Number} entries"))
            .Where(known => known.Item1.Number > 0)
            .OrderBy(known => known.Item1.Number));
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
            ? new AuditVerification(false, head.Number, head.Number + 1, $"{missing.Name}; the newest are gone.")
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

/// <summary>One entry, looked at closely.</summary>
/// <param name="Record">The entry.</param>
/// <param name="Fault">What is wrong with it or its place behind the one before; null where nothing is.</param>
/// <param name="HasNext">True where there is one behind it.</param>
public sealed record AuditView(AuditRecord Record, string? Fault, bool HasNext);

/// <summary>How far a chain reaches.</summary>
/// <param name="Number">The number of its newest entry; 0 for an empty log.</param>
/// <param name="Hash">The hash of that entry.</param>
public sealed record AuditHead(long Number, byte[] Hash);

/// <summary>What a walk over the audit chain found.</summary>
/// <param name="Intact">True where every entry is in place and unchanged.</param>
/// <param name="Verified">How many entries were found good, counted from the first.</param>
/// <param name="FirstBroken">The number of the first bad or missing entry; null where there is none.</param>
/// <param name="Fault">What is wrong with it; null where nothing is.</param>
public sealed record AuditVerification(bool Intact, long Verified, long? FirstBroken, string? Fault);
