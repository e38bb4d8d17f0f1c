using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage.Purging;

/// <summary>Keeps what the last purge did, so that every node can show it and none begins too early.</summary>
internal interface IPurgeRunStore
{
    Task<PurgeRun?> FindLastAsync(CancellationToken cancellationToken);

    /// <summary>Replaces the run that is kept.</summary>
    /// <exception cref="TermOverException">Another node leads; the run was not kept.</exception>
    Task SaveAsync(PurgeRun run, Term term, CancellationToken cancellationToken);
}
