namespace Dashboard.Core.Audit.Pruning;

/// <summary>A pruning as stores keep it. Anything may stand in a row: whether a key of ours signed it is for whoever relies on it to ask.</summary>
internal sealed record PruningRow(long Number, string Statement, long Entry)
{
    public static PruningRow Of(AuditPruning pruning) => new(pruning.Last.Number, pruning.Text, pruning.Entry);
}
