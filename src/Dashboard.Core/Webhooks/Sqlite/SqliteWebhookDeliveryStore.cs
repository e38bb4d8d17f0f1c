using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Webhooks.Sqlite;

internal sealed class SqliteWebhookDeliveryStore(SqliteDatabase database, SqliteAuditStore audits) : IWebhookDeliveryStore
{
    private const string Select = $"SELECT {SqliteWebhookDelivery.Columns} FROM webhook_deliveries";

    public Task<int> AddAsync(IReadOnlyList<WebhookDelivery> added, AuditEntry? audit, CancellationToken cancellationToken) =>
        ChangeAsync(
            write => added.Sum(delivery => SqliteWebhookDelivery.Insert(write, WebhookDeliveryRow.Of(delivery))),
            audit,
            cancellationToken);

    public Task<IReadOnlyList<WebhookDelivery>> ClaimAsync(
        string webhookId, DateTimeOffset now, DateTimeOffset until, int limit, CancellationToken cancellationToken)
    {
        // Looked at by a reader first: most times nothing is due, and the writer is everybody's.
        return database.QueryFirst<long>(
            "SELECT EXISTS (SELECT 1 FROM webhook_deliveries WHERE webhook_id = @webhookId AND due_at <= @now);",
            new { webhookId, now = now.ToUnixTimeMilliseconds() }) is 0
            ? Task.FromResult<IReadOnlyList<WebhookDelivery>>([])
            : database.WriteAsync(write => Claim(write, webhookId, now, until, limit), cancellationToken);
    }

    public async Task<bool> ReplaceAsync(WebhookDelivery changed, AuditEntry? audit, CancellationToken cancellationToken) =>
        await ChangeAsync(
            write => SqliteWebhookDelivery.Update(write, WebhookDeliveryRow.Of(changed)), audit, cancellationToken) == 1;

    public Task<WebhookDelivery?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<WebhookDeliveryRow>($"{Select} WHERE id = @id;", new { id })?.ToDelivery());

    public Task<Page<WebhookDelivery>> ListAsync(
        string webhookId, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var place = PageCursor.Parse(cursor);
        var rows = database.Query<WebhookDeliveryRow>(
            $"""
            {Select} WHERE webhook_id = @webhookId AND (created_at, id) < (@at, @id)
            ORDER BY created_at DESC, id DESC LIMIT @limit;
            """,
            new
            {
                webhookId,
                at = place?.At.ToUnixTimeMilliseconds() ?? long.MaxValue,
                id = place?.Id ?? "",
                limit = limit + 1,
            });
        var counted = CappedCount.Of(database.QueryFirst<long>(
            "SELECT COUNT(*) FROM (SELECT 1 FROM webhook_deliveries WHERE webhook_id = @webhookId LIMIT @most);",
            new { webhookId, most = CappedCount.Most + 1 }));
        WebhookDelivery[] items = [.. rows.Take(limit).Select(row => row.ToDelivery())];
        return Task.FromResult(new Page<WebhookDelivery>(
            items,
            rows.Count > limit ? new PageCursor(items[^1].CreatedAt, items[^1].Id).ToString() : null,
            counted.Value,
            counted.IsCapped));
    }

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM webhook_deliveries WHERE rowid IN
                (SELECT rowid FROM webhook_deliveries WHERE created_at < $before ORDER BY created_at LIMIT $limit);
            """,
            before,
            limit,
            term,
            cancellationToken);

    private static IReadOnlyList<WebhookDelivery> Claim(
        SqliteWrite write, string webhookId, DateTimeOffset now, DateTimeOffset until, int limit)
    {
        List<WebhookDelivery> claimed =
        [
            .. write.Query(
                $"{Select} WHERE webhook_id = $webhook_id AND due_at <= $now ORDER BY due_at, rowid LIMIT $limit;",
                SqliteWebhookDelivery.Read,
                ("$webhook_id", webhookId),
                ("$now", now.ToUnixTimeMilliseconds()),
                ("$limit", limit)).Select(row => row.ToDelivery().ClaimedUntil(until)),
        ];
        foreach (var delivery in claimed)
        {
            SqliteWebhookDelivery.Update(write, WebhookDeliveryRow.Of(delivery));
        }

        return [.. claimed.Select(delivery => delivery with { Version = delivery.Version + 1 })];
    }

    // A change and its entry commit together; no change, no entry.
    private Task<int> ChangeAsync(Func<SqliteWrite, int> change, AuditEntry? audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                var changed = change(write);
                if (changed > 0 && audit is not null)
                {
                    audits.Append(write, audit);
                }

                return changed;
            },
            cancellationToken);
}
