using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Protection.Redis;

/// <summary>The sealed system secrets for migrations.</summary>
internal sealed class RedisSecretTable(RedisDatabase database) : RedisHashTable(database, database.Keys.Secrets)
{
    protected override StoreRow Read(HashEntry field) => new([("name", field.Name.ToString()), ("value", (byte[])field.Value!)]);

    protected override HashEntry Write(StoreRow row) => new(row.Text("name"), row.Bytes("value"));
}
