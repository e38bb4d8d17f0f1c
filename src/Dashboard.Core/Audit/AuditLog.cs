using Dashboard.Core.Audit.Pruning;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Audit;

/// <summary>Reads and verifies the audit log, and adds what no store writes together with a change.</summary>
public sealed class AuditLog
{
    /// <summary>A page of a search looks at so many entries at most.</summary>
    public const int MostLooked = AuditSearch.MostLooked;

    private readonly IAuditStore _store;
    private readonly AuditWalk _walk;
    private readonly IChangeFeed _feed;
    private readonly IReadOnlyList<IAuditWatcher> _watchers;
    private readonly AuditSearch _search;

    internal AuditLog(IAuditStore store, AuditWalk walk, IChangeFeed feed, IEnumerable<IAuditWatcher> watchers) =>
        (_store, _walk, _feed, _watchers, _search) = (store, walk, feed, [.. watchers], new AuditSearch(store));

    /// <summary>Records the reading of something sensitive, or another act that no store writes together with its change.</summary>
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

    /// <inheritdoc cref="AuditSearch.ReadNewestAsync"/>
    public Task<IReadOnlyList<AuditRecord>> ReadNewestAsync(AuditFilter filter, int limit, CancellationToken cancellationToken) =>
        _search.ReadNewestAsync(filter, limit, cancellationToken);

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
        var before = previous is null && number > 1 ? await FindPrunedAsync(number, cancellationToken) : null;
        return new AuditView(
            record,
            before is null ? FaultOf(record, previous) : _walk.FaultOf(record, before),
            rows.Any(row => row.Number == number + 1));
    }

    /// <summary>What was pruned from the log; null where nothing was.</summary>
    public async Task<AuditPruned?> FindPrunedAsync(CancellationToken cancellationToken) =>
        (await _walk.FindAnchorAsync(cancellationToken)).Pruned;

    // The last one that was pruned, where a number follows it.
    private async Task<AuditHead?> FindPrunedAsync(long number, CancellationToken cancellationToken) =>
        (await _walk.FindAnchorAsync(cancellationToken)).Head is var last && last.Number == number - 1 ? last : null;

    // Where the one before is missing, the entry itself may still be what was written.
    private string? FaultOf(AuditRecord record, AuditRecord? previous) => (record.Number, previous) switch
    {
        (1, _) => _walk.FaultOf(record, AuditHead.Empty),
        (_, null) => _walk.FaultOf(record, new AuditHead(record.Number - 1, record.PreviousHash)) ?? AuditView.BeforeIsMissing,
        _ => _walk.FaultOf(record, new AuditHead(previous.Number, previous.Hash)),
    };

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
        var found = await _walk.VerifyAsync(checkpoints, progress, cancellationToken);
        await TellAsync(found, cancellationToken);
        return found;
    }

    /// <summary>Tells everybody who watches the log what was found of it.</summary>
    internal async Task TellAsync(AuditVerification found, CancellationToken cancellationToken)
    {
        foreach (var watcher in _watchers)
        {
            await watcher.VerifiedAsync(found, cancellationToken);
        }
    }

    /// <inheritdoc cref="AuditWalk.FindFaultAsync"/>
    internal Task<AuditVerification?> FindFaultAsync(AuditHead attested, CancellationToken cancellationToken) =>
        _walk.FindFaultAsync(attested, cancellationToken);

    /// <inheritdoc cref="AuditWalk.FaultOf(AuditRecord, AuditHead, AuditHead?)"/>
    internal string? FaultOf(AuditRecord record, AuditHead before, AuditHead? attested) => _walk.FaultOf(record, before, attested);

    /// <inheritdoc cref="AuditWalk.VerifyAfterAsync(AuditHead, CancellationToken)"/>
    internal Task<AuditStep> VerifyAfterAsync(AuditHead head, CancellationToken cancellationToken) =>
        _walk.VerifyAfterAsync(head, cancellationToken);
}

/// <summary>One entry, looked at closely.</summary>
/// <param name="Record">The entry.</param>
/// <param name="Fault">What is wrong with it or its place behind the one before; null where nothing is.</param>
/// <param name="HasNext">True where there is one behind it.</param>
public sealed record AuditView(AuditRecord Record, string? Fault, bool HasNext)
{
    internal const string BeforeIsMissing = "The entry before it is missing.";

    /// <summary>True where the entry is what was written, and only the one before it is gone.</summary>
    public bool LacksOnlyBefore => Fault is BeforeIsMissing;
}

/// <summary>How far a chain reaches.</summary>
/// <param name="Number">The number of its newest entry; 0 for an empty log.</param>
/// <param name="Hash">The hash of that entry.</param>
public sealed record AuditHead(long Number, byte[] Hash)
{
    /// <summary>That of an empty log.</summary>
    internal static readonly AuditHead Empty = new(0, AuditChain.Start);
}

/// <summary>What a walk over the audit chain found.</summary>
/// <param name="Intact">True where every entry is in place and unchanged.</param>
/// <param name="Verified">How many entries were found good, counted from the first that is left.</param>
/// <param name="FirstBroken">The number of the first bad or missing entry; null where there is none.</param>
/// <param name="Fault">What is wrong with it; null where nothing is.</param>
public sealed record AuditVerification(bool Intact, long Verified, long? FirstBroken, string? Fault)
{
    /// <summary>What was pruned before that; null where nothing was.</summary>
    public AuditPruned? Pruned { get; init; }
}
