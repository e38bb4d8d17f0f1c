using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Pruning;
using Dashboard.Core.Audit.Verifying;

namespace Dashboard.Hosting.Audit;

/// <summary>One entry.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Fault">What is wrong with it or its place behind the one before; absent where nothing is.</param>
internal sealed record AuditEntryJson(AuditJson Entry, string? Fault);

/// <summary>What a verification found, and what it was held against.</summary>
internal sealed record VerificationJson(
    bool Intact,
    long Verified,
    long? FirstBroken,
    string? Fault,
    long? AttestedTo,
    int Checkpoints,
    int UnusableCheckpoints,
    PrunedJson? Pruned)
{
    public static VerificationJson Of(AuditProof proof) => new(
        proof.Found.Intact,
        proof.Found.Verified,
        proof.Found.FirstBroken,
        proof.Found.Fault,
        proof.Basis.AttestedTo,
        proof.Basis.Checkpoints,
        proof.Basis.Unusable,
        PrunedJson.Of(proof.Found.Pruned));
}

/// <summary>What was pruned before the entries that are left, as a signed record says.</summary>
/// <param name="To">The number of the last entry that went; those before it went too.</param>
/// <param name="At">When.</param>
/// <param name="KeyId">The key that signed the record.</param>
internal sealed record PrunedJson(long To, DateTimeOffset At, string KeyId)
{
    public static PrunedJson? Of(AuditPruned? pruned) => pruned is null ? null : new(pruned.Number, pruned.At, pruned.KeyId);
}

/// <summary>A signed statement of how far the log reached. Keep it elsewhere.</summary>
/// <param name="Number">The newest entry then.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When it was taken.</param>
/// <param name="Checkpoint">The statement with its signature.</param>
/// <param name="TakenBy">Who took it.</param>
/// <param name="Trusted">True where a key that is still trusted signed it.</param>
internal sealed record CheckpointJson(long Number, string Hash, DateTimeOffset At, string Checkpoint, string TakenBy, bool Trusted)
{
    public static CheckpointJson Of(AuditCheckpoint checkpoint) => new(
        checkpoint.Head.Number,
        Convert.ToHexStringLower(checkpoint.Head.Hash),
        checkpoint.At,
        checkpoint.Text,
        checkpoint.By,
        checkpoint.IsTrusted);
}
