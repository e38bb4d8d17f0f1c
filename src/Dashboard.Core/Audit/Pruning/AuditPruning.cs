namespace Dashboard.Core.Audit.Pruning;

/// <summary>A signed statement that the oldest entries were deleted because they had outlived their retention.</summary>
/// <param name="Last">The newest entry that went, which the first one left follows.</param>
/// <param name="Count">How many went.</param>
/// <param name="From">The time of the oldest of them.</param>
/// <param name="To">The time of the newest of them.</param>
/// <param name="At">When that was done.</param>
/// <param name="KeyId">The key that signed it.</param>
/// <param name="Text">The statement with its signature.</param>
internal sealed record AuditPruning(
    AuditHead Last, long Count, DateTimeOffset From, DateTimeOffset To, DateTimeOffset At, string KeyId, string Text)
{
    public const string Action = "audit.pruned";

    public AuditEntry ToEntry() => new(Actor.Signet, Action, "audit", "log", After: State);

    /// <summary>Whether an entry is the one that tells of this.</summary>
    public bool IsToldBy(AuditRecord record) => record.Entry is { Action: Action } entry && entry.After == State;

    private string State => AuditJson.Write(
        ("pruned_to", PruningText.Number(Last.Number)),
        ("hash", Convert.ToHexStringLower(Last.Hash)),
        ("entries", PruningText.Number(Count)),
        ("from", PruningText.Time(From)),
        ("to", PruningText.Time(To)),
        ("key", KeyId));
}

/// <summary>That the log begins behind entries that were pruned.</summary>
/// <param name="Number">The newest of them.</param>
/// <param name="At">When they were pruned.</param>
/// <param name="KeyId">The key that signed the record of it.</param>
public sealed record AuditPruned(long Number, DateTimeOffset At, string KeyId);
