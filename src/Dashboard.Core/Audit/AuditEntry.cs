namespace Dashboard.Core.Audit;

/// <summary>What is about to be recorded; numbered, timed and chained by the store when the change commits.</summary>
/// <param name="Who">Who did it.</param>
/// <param name="Action">What was done, as <c>noun.verb</c>: <c>token.revoked</c>.</param>
/// <param name="ObjectKind">The kind of thing it was done to: <c>token</c>, <c>key</c>, <c>session</c>.</param>
/// <param name="ObjectId">Which one.</param>
/// <param name="Reason">Why, in that person's words; null where none was asked for.</param>
/// <param name="Before">The state before, as JSON without secrets; null where there was none.</param>
/// <param name="After">The state after, as JSON without secrets; null where there is none.</param>
public sealed record AuditEntry(
    Actor Who,
    string Action,
    string ObjectKind,
    string ObjectId,
    string? Reason = null,
    string? Before = null,
    string? After = null);

/// <summary>An entry as it stands in the log.</summary>
/// <param name="Number">Its place, counted from 1 without gaps.</param>
/// <param name="At">When the change was committed.</param>
/// <param name="Entry">What was recorded.</param>
/// <param name="PreviousHash">The hash of the entry before; all zeros in the first.</param>
/// <param name="Hash">HMAC-SHA256 of <paramref name="PreviousHash"/> and this entry's canonical form.</param>
public sealed record AuditRecord(long Number, DateTimeOffset At, AuditEntry Entry, byte[] PreviousHash, byte[] Hash)
{
    /// <summary>
    /// What stands for an entry that somebody made unreadable. It has no hashes, so every verification names it as changed.
    /// </summary>
    internal static AuditRecord Unreadable(long number) => new(
        number, DateTimeOffset.UnixEpoch, new AuditEntry(new Actor("?"), "audit.unreadable", "audit", "?"), [], []);
}
