using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Webhooks.Redis;

/// <summary>Deliveries to webhooks for migrations.</summary>
internal sealed class RedisWebhookDeliveryTable(RedisDatabase database) : IStoreTable
{
    private const string Import = RedisAuditScripts.Unaudited + RedisWebhookScripts.ImportDelivery;

    // More at once than that outlast the time-out of Redis on a busy machine.
    private const int BatchSize = 200;

    private static readonly RedisJsonColumns Columns = new();

    private readonly RedisIndexWalk _walk = new(database, database.Keys.WebhookDeliveriesByTime);

    public Task<long> CountAsync(CancellationToken cancellationToken) => _walk.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (entries, next) = await _walk.ReadAsync(after, limit, cancellationToken);
        if (entries is [])
        {
            return new TablePage([], next);
        }

        RedisValue[] ids = [.. entries.Select(entry => entry.Element)];
        var rows = await database.RunAsync(redis => redis.HashGetAsync(database.Keys.WebhookDeliveries, ids), cancellationToken);
        return new TablePage([.. rows.Where(row => !row.IsNull).Select(row => Columns.Read(row!))], next);
    }

    public async Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken)
    {
        foreach (var batch in rows.Select(Convert).Chunk(BatchSize))
        {
            await Task.WhenAll(batch.Select(row => database.EvaluateAsync(
                Import,
                [
                    database.Keys.WebhookDeliveries,
                    database.Keys.WebhookDeliveriesByTime,
                    database.Keys.DeliveriesOfWebhook(row.WebhookId),
                    database.Keys.DueDeliveriesOfWebhook(row.WebhookId),
                ],
                RedisWebhookDelivery.ArgumentsOf(row),
                cancellationToken)));
        }
    }

    // Through the row's own type, so that it is written as ever.
    private static WebhookDeliveryRow Convert(StoreRow row) => RedisJson.Read<WebhookDeliveryRow>(Columns.Write(row));
}
