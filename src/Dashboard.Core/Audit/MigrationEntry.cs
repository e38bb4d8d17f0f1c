using System.Globalization;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Audit;

/// <summary>What the log says of a migration into its store.</summary>
internal static class MigrationEntry
{
    /// <summary>The source, and how many rows of each table came from it.</summary>
    public static AuditEntry Of(Actor who, MigrationSummary done) => new(
        who,
        "store.migrated",
        "store",
        done.To,
        After: AuditJson.Write(
        [
            ("from", done.From),
            .. done.Rows.Select(table => (table.Table, (string?)table.Rows.ToString(CultureInfo.InvariantCulture))),
        ]));
}
