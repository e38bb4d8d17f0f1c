using System.Globalization;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Storage.Status.Redis;

internal sealed class RedisStoreStatus(RedisDatabase database) : IStoreStatus
{
    public async Task<StoreStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var format = (int)await database.RunAsync(redis => redis.HashGetAsync(database.Keys.Store, "format"), cancellationToken);
        var nodes = await database.CountListenersAsync(database.Keys.Feed.ToString(), cancellationToken);
        var servers = await database.ReadServersAsync(cancellationToken);
        return new StoreStatus(
            StorageOptions.RedisKind,
            database.Place,
            format,
            RedisScripts.Format,
            servers.Where(server => !server.IsReplica).Sum(server => server.UsedBytes) is > 0 and var bytes ? bytes : null,
            nodes,
            [.. servers.SelectMany(FactsOf)]);
    }

    private static IEnumerable<StoreFact> FactsOf(RedisServerFacts server)
    {
        var role = server.IsReplica ? "replica" : "master";
        yield return new StoreFact("server", $"Redis at {server.Place}", $"{role}, version {server.Version}");
        if (server.UsedBytes is { } used)
        {
            yield return new StoreFact("used_bytes", "Memory in use", ByteText.Of(used));
        }

        if (server.Persistence is { } persistence)
        {
            yield return new StoreFact("persistence", "Kept on disk", persistence);
        }

        if (server.Replicas is { } replicas)
        {
            yield return new StoreFact("replicas", "Replicas connected", replicas.ToString(CultureInfo.InvariantCulture));
        }
    }
}
