namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>Keeps the checkpoints of the audit log, which like its entries are only ever added.</summary>
public interface IAuditCheckpointStore
{
    /// <summary>Adds one. Where one that reaches as far is there already, that one stays: it was there first.</summary>
    Task AddAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken);

    /// <summary>Those that reach less far than a number, newest first.</summary>
    Task<IReadOnlyList<AuditCheckpoint>> ListAsync(long before, int limit, CancellationToken cancellationToken);
}
