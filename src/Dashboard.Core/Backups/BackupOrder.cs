using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>
/// The order in which tables are read while they change. What says how far something came is read before what it did, so that
/// whatever goes on from there finds at least as much done. The audit log is read late: every change in the backup has its
/// entry, since both were written together, and only the newest entries may tell of changes that are not in it. The records of what
/// was pruned from it come behind: they cover whatever went while it was read.
/// </summary>
internal static class BackupOrder
{
    public const string Keys = "signing_keys";
    public const string Audit = "audit";
    public const string Prunings = "audit_prunings";

    private static readonly string[] First = ["secrets", "revocations"];
    private static readonly string[] Last = ["audit_checkpoints", Audit, Prunings];

    public static IReadOnlyList<StoreTable> Of(IEnumerable<StoreTable> tables) =>
        [.. tables.OrderBy(table => First.Contains(table.Name) ? -1 : Array.IndexOf(Last, table.Name) + 1)];
}
