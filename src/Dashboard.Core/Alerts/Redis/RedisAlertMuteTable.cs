using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Alerts.Redis;

/// <summary>Mutes for migrations.</summary>
internal sealed class RedisAlertMuteTable(RedisDatabase database) : RedisHashTable(database, database.Keys.AlertMutes)
{
    private static readonly RedisJsonColumns Columns = new();

    protected override StoreRow Read(HashEntry field) => Columns.Read(field.Value!);

    // Through the row's own type, so that it is written as ever.
    protected override HashEntry Write(StoreRow row) => new(
        RedisAlertStore.FieldOf(row.Text("kind"), row.Text("key")),
        RedisJson.Write(RedisJson.Read<AlertMuteRow>(Columns.Write(row))));
}
