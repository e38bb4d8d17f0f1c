using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Uses.Redis;

/// <summary>The uses of keys for migrations.</summary>
internal sealed class RedisKeyUseTable(RedisDatabase database) : RedisHashTable(database, database.Keys.KeyUses)
{
    private static readonly RedisJsonColumns Columns = new(bytes: []);

    protected override StoreRow Read(HashEntry field) => Columns.Read(field.Value!);

    protected override HashEntry Write(StoreRow row) =>
        new(row.Text("key_id"), RedisJson.Write(RedisJson.Read<KeyUseRow>(Columns.Write(row))));
}
