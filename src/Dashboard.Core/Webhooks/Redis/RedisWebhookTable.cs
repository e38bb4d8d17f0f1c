using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Webhooks.Redis;

/// <summary>Webhooks for migrations.</summary>
internal sealed class RedisWebhookTable(RedisDatabase database) : RedisHashTable(database, database.Keys.Webhooks)
{
    private static readonly RedisJsonColumns Columns = new(bytes: ["secret", "previous_secret"]);

    protected override StoreRow Read(HashEntry field) => Columns.Read(field.Value!);

    // Through the row's own type, so that it is written as ever.
    protected override HashEntry Write(StoreRow row) =>
        new(row.Text("id"), RedisJson.Write(RedisJson.Read<WebhookRow>(Columns.Write(row))));
}
