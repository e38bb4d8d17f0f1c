using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>The store in Redis as one side of a migration.</summary>
internal sealed class RedisEnd(RedisDatabase database) : IStoreEnd
{
    // A value is never empty: an empty one stands for a fact to delete.
    private const string Write = """
        for index = 1, #ARGV, 2 do
            if ARGV[index + 1] == '' then
                redis.call('HDEL', KEYS[1], ARGV[index])
            else
                redis.call('HSET', KEYS[1], ARGV[index], ARGV[index + 1])
            end
        end
        return 1
        """;

    public string Kind => StorageOptions.RedisKind;

    public string Place => database.Place;

    public Task<bool> OpenAsync(StoreUse use, CancellationToken cancellationToken) =>
        database.OpenAsync(claims: use is StoreUse.Target, cancellationToken);

    public async Task<IReadOnlyDictionary<string, string>> ReadFactsAsync(CancellationToken cancellationToken) =>
        (await database.RunAsync(redis => redis.HashGetAllAsync(database.Keys.Store), cancellationToken))
        .ToDictionary(fact => fact.Name.ToString(), fact => fact.Value.ToString(), StringComparer.Ordinal);

    public Task<IStoreSnapshot> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IStoreSnapshot>(new RedisSnapshot());

    public Task WriteFactsAsync(IReadOnlyDictionary<string, string?> facts, CancellationToken cancellationToken) =>
        database.CommitAsync(
            Write,
            [database.Keys.Store],
            [.. facts.SelectMany(fact => new RedisValue[] { fact.Key, fact.Value ?? "" })],
            cancellationToken);

    public async Task<string?> ClearAsync(bool keepsOld, CancellationToken cancellationToken)
    {
        await database.StartAnewAsync(cancellationToken);
        return null;
    }

    // Every node listens to the feed.
    public Task<long> CountNodesAsync(CancellationToken cancellationToken) =>
        database.CountListenersAsync(database.Keys.Feed!, cancellationToken);
}
