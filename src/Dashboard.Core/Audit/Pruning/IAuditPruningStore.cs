using Dashboard.Core.Primitives;

namespace Dashboard.Core.Audit.Pruning;

/// <summary>Deletes the oldest entries of the log, which nothing else does, and keeps the signed records of that.</summary>
internal interface IAuditPruningStore
{
    /// <summary>
    /// As leader, keeps the record, deletes every entry up to its number and adds the entry that tells of it, all or nothing. False,
    /// and nothing is done, where the newest record is not the one of that number any more.
    /// </summary>
    /// <param name="pruning">The record.</param>
    /// <param name="behind">The number of the record before it; 0 for the first.</param>
    /// <param name="term">The term of the leader.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TermOverException">Another node leads.</exception>
    Task<bool> PruneAsync(AuditPruning pruning, long behind, Term term, CancellationToken cancellationToken);

    /// <summary>The newest records of a lower number, newest first.</summary>
    Task<IReadOnlyList<PruningRow>> ListAsync(long before, int limit, CancellationToken cancellationToken);
}
