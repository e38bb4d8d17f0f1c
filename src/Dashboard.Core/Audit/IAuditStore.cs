namespace Dashboard.Core.Audit;

/// <summary>
/// Keeps the audit log. Entries are added by the change's own store, in the same transaction, or through
/// <see cref="AppendAsync"/> where no store writes them with a change; none is changed, and only a pruning takes the oldest away.
/// </summary>
public interface IAuditStore
{
    /// <summary>Adds an entry that belongs to no change. Concurrent calls are put in one order.</summary>
    Task<AuditRecord> AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> entries of a range that lie on a way, all where it is null; newest first.</summary>
    Task<IReadOnlyList<AuditRecord>> FindAsync(
        AuditWay? way, AuditRange range, int limit, CancellationToken cancellationToken);

    /// <summary>How many those are; counting stops at <paramref name="most"/>.</summary>
    Task<long> CountAsync(AuditWay? way, AuditRange range, int most, CancellationToken cancellationToken);

    /// <summary>
    /// Reads up to <paramref name="limit"/> entries from <paramref name="firstNumber"/> on, oldest first. Where some were deleted it
    /// goes on behind them, however many that are: nothing found means that the log ends there.
    /// </summary>
    Task<IReadOnlyList<AuditRecord>> ReadAsync(long firstNumber, int limit, CancellationToken cancellationToken);

    /// <summary>The newest entry, or null in an empty log.</summary>
    Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken);

    /// <summary>How far the log reaches as the store counts it, apart from the entries themselves.</summary>
    Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>Every action and every kind of object that the log knows, in alphabetical order.</summary>
    Task<AuditTerms> ReadTermsAsync(CancellationToken cancellationToken);
}

/// <summary>What entries can be filtered by.</summary>
/// <param name="Actions">Every action that there is an entry of.</param>
/// <param name="ObjectKinds">Every kind of object that there is an entry about.</param>
public sealed record AuditTerms(IReadOnlyList<string> Actions, IReadOnlyList<string> ObjectKinds);
