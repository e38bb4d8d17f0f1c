using Dashboard.Core.Audit.Checkpoints;

namespace Dashboard.Core.Posture.Checks;

/// <summary>A log whose newest entries could be cut off unnoticed.</summary>
internal sealed class AuditCheckpointCheck(AuditCheckpoints checkpoints) : IPostureCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    public PostureRule Rule { get; } = new(
        "AUDIT_CHECKPOINT_MISSING",
        PostureSeverity.Low,
        "A checkpoint of the audit log was taken within 30 days.",
        "No checkpoint of the audit log was taken within 30 days.",
        "The chain shows every change but not that its newest entries were deleted; a checkpoint that is kept elsewhere does.",
        "Let Signet take them (Audit:CheckpointInterval) or take one, and keep it outside of Signet.");

    public async Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken)
    {
        var newest = await checkpoints.FindTrustedAsync(cancellationToken);
        return newest is not null && scan.Now - newest.At <= Patience
            ? PostureOffences.None
            : new PostureOffences(
                [new PostureObject(PostureObjectKind.AuditLog, "log", "Audit log", newest is null ? "never taken" : null)]);
    }
}
