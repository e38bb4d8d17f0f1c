using Dashboard.Core.Primitives;

namespace Dashboard.Core.Audit;

/// <summary>
/// Keeps the audit log. Entries are only ever added: those of a change by the change's own store, in the same
/// transaction; those of a sensitive read through <see cref="AppendAsync"/>.
/// </summary>
public interface IAuditStore
{
    /// <summary>Adds an entry that belongs to no change. Concurrent calls are put in one order.</summary>
    Task<AuditRecord> AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Lists entries, newest first.</summary>
    Task<Page<AuditRecord>> ListAsync(AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>Reads up to <paramref name="limit"/> entries from <paramref name="firstNumber"/> on, oldest first.</summary>
    Task<IReadOnlyList<AuditRecord>> ReadAsync(long firstNumber, int limit, CancellationToken cancellationToken);

    /// <summary>The newest entry, or null in an empty log.</summary>
    Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken);
}

/// <summary>Which entries to list; null members do not filter.</summary>
/// <param name="Operator">The name of who did it.</param>
/// <param name="Action">The action, exactly.</param>
/// <param name="ObjectId">What it was done to.</param>
public sealed record AuditFilter(string? Operator = null, string? Action = null, string? ObjectId = null);
