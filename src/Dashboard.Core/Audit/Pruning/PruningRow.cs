namespace Dashboard.Core.Audit.Pruning;

/// <summary>A pruning as stores keep it. Anything may stand in a row: whether a key of ours signed it is for whoever relies on it to ask.</summary>
internal sealed record PruningRow(long Number, long Entry, string Statement)
{
    public static PruningRow Of(AuditPruning pruning) => new(pruning.Last.Number, pruning.Entry, pruning.Text);
}
