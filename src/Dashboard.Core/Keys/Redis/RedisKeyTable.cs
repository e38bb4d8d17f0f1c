using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Redis;

/// <summary>The signing keys for migrations.</summary>
internal sealed class RedisKeyTable(RedisDatabase database) : RedisHashTable(database, database.Keys.SigningKeys)
{
    private static readonly RedisJsonColumns Columns = new(bytes: ["public_part", "sealed_private_part"]);

    protected override StoreRow? Read(HashEntry field) =>
        field.Name == RedisKeyStore.Version ? null : Columns.Read(field.Value!);

    // Through the row's own type, so that it is written as ever.
    protected override HashEntry Write(StoreRow row) =>
        new(row.Text("key_id"), RedisJson.Write(RedisJson.Read<StoredKeyRow>(Columns.Write(row))));
}
