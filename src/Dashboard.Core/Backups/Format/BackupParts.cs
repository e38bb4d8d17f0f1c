namespace Dashboard.Core.Backups.Format;

/// <summary>The first thing that is encrypted.</summary>
/// <param name="MasterKey">What opens the sealed values in the rows: a backup is of use without the machine that made it.</param>
/// <param name="StoreId">The id of the store.</param>
internal sealed record BackupOpening(byte[] MasterKey, string StoreId);

/// <summary>The last thing that is encrypted: what must have been read by then.</summary>
/// <param name="CompletedAt">When the last row was read; the same as when it began where all are of one moment.</param>
/// <param name="Tables">Every table.</param>
/// <param name="AuditNumber">The number of the newest entry of the audit log; 0 for an empty one.</param>
/// <param name="AuditHash">The hash of that entry.</param>
internal sealed record BackupClosing(
    DateTimeOffset CompletedAt, IReadOnlyList<BackedUpTable> Tables, long AuditNumber, byte[] AuditHash);

/// <summary>A table in a backup.</summary>
/// <param name="Name">Its name in SQLite.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Hash">A hash over them, in whatever order they are kept.</param>
public sealed record BackedUpTable(string Name, long Rows, string Hash);

/// <summary>The kinds of parts, in front of the length of each.</summary>
internal static class BackupPart
{
    public const byte Opening = 1;
    public const byte Table = 2;
    public const byte Row = 3;
    public const byte Closing = 4;

    /// <summary>Kind and length.</summary>
    public const int HeadLength = 5;

    /// <summary>No row is larger; whoever says so has no backup of ours.</summary>
    public const int Longest = 64 * 1024 * 1024;
}
