namespace Dashboard.Core.Audit.Checkpoints;

/// <summary>A checkpoint as stores keep it.</summary>
internal sealed record CheckpointRow(long Number, long At, string TakenBy, string Statement)
{
    public static CheckpointRow Of(AuditCheckpoint checkpoint) => new(
        checkpoint.Head.Number, checkpoint.At.ToUnixTimeMilliseconds(), checkpoint.By, checkpoint.Text);

    // Anything may stand in a row. Whether the statement is what was signed is for whoever relies on it to ask.
    public AuditCheckpoint ToCheckpoint() => new(
        new AuditHead(Number, CheckpointText.Parse(Statement)?.Head.Hash ?? []),
        AuditTimes.Read(At),
        Statement,
        TakenBy);
}
