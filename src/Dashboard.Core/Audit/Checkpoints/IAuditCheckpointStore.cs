namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>Keeps the checkpoints of the audit log, which are only ever added.</summary>
public interface IAuditCheckpointStore
{
    /// <summary>Adds one. Where one that reaches as far is there already, that one stays: it was there first.</summary>
    Task AddAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>
    /// Those that reach less far than a number, newest first, behind the first so many. Whatever somebody else wrote into the store
    /// has its place among them, and no statement where it cannot be read.
    /// </summary>
    Task<IReadOnlyList<AuditCheckpoint>> ListAsync(long before, int skip, int limit, CancellationToken cancellationToken);
}
