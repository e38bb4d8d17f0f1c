using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Keys.Protection.Redis;

internal sealed class RedisDataProtectionKeyStore(RedisDatabase database) : IDataProtectionKeyStore
{
    public IReadOnlyList<string> Read() =>
    [
        .. database.Run(redis => redis.HashGetAll(database.Keys.DataProtectionKeys))
            .OrderBy(entry => entry.Name.ToString(), StringComparer.Ordinal)
            .Select(entry => entry.Value.ToString()),
    ];

    public void Add(string name, string xml) =>
        database.Run(redis => redis.HashSet(database.Keys.DataProtectionKeys, name, xml, When.NotExists));
}
