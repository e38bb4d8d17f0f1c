using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Audit;

/// <summary>Entries of the audit log as rows that all stores share.</summary>
internal static class AuditRows
{
    public static StoreRow Of(AuditRecord record)
    {
        var (number, at, entry, previousHash, hash) = record;
        return new StoreRow(
        [
            ("number", number),
            ("at", at.ToUnixTimeMilliseconds()),
            ("who", entry.Who.Name),
            ("role", entry.Who.Role),
            ("ip", entry.Who.Ip),
            ("session", entry.Who.Session),
            ("action", entry.Action),
            ("object_kind", entry.ObjectKind),
            ("object_id", entry.ObjectId),
            ("reason", entry.Reason),
            ("before", entry.Before),
            ("after", entry.After),
            ("previous_hash", previousHash),
            ("hash", hash),
        ]);
    }

    public static AuditRecord Read(StoreRow row) => new(
        row.Number("number"),
        DateTimeOffset.FromUnixTimeMilliseconds(row.Number("at")),
        new AuditEntry(
            new Actor(row.Text("who"), row.FindText("role"), row.FindText("ip"), row.FindText("session")),
            row.Text("action"),
            row.Text("object_kind"),
            row.Text("object_id"),
            row.FindText("reason"),
            row.FindText("before"),
            row.FindText("after")),
        row.Bytes("previous_hash"),
        row.Bytes("hash"));
}
