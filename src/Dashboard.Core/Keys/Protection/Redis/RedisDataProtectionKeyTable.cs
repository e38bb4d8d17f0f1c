using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Protection.Redis;

/// <summary>The data protection keys for migrations.</summary>
internal sealed class RedisDataProtectionKeyTable(RedisDatabase database)
    : RedisHashTable(database, database.Keys.DataProtectionKeys)
{
    protected override StoreRow Read(HashEntry field) => new([("name", field.Name.ToString()), ("xml", field.Value.ToString())]);

    protected override HashEntry Write(StoreRow row) => new(row.Text("name"), row.Text("xml"));
}
