using System.Globalization;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Audit.Redis;

/// <summary>The audit log for migrations, by number. Its entries are copied as they are, hashes and all.</summary>
internal sealed class RedisAuditTable(RedisDatabase database, RedisAuditStore store) : IStoreTable
{
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.RunAsync(redis => redis.HashLengthAsync(database.Keys.AuditEntries), cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var last = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
        var newest = (long)await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.AuditHead, "number"), cancellationToken);
        var records = await store.ReadAsync(last + 1, limit, cancellationToken);
        return new TablePage(
            [.. records.Select(Read)],
            records is [.., { Number: var number }] && number < newest ? number.ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        store.ImportAsync([.. rows.Select(Write)], cancellationToken);

    private static StoreRow Read(AuditRecord record)
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

    private static AuditRecord Write(StoreRow row) => new(
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
