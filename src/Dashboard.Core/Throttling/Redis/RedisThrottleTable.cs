using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Throttling.Redis;

/// <summary>Counters for migrations: whoever guesses gets no new start by that.</summary>
internal sealed class RedisThrottleTable(RedisDatabase database) : IStoreTable
{
    private readonly RedisIndexWalk _walk = new(database, database.Keys.ThrottlesByExpiry);

    public Task<long> CountAsync(CancellationToken cancellationToken) => _walk.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (entries, next) = await _walk.ReadAsync(after, limit, cancellationToken);
        if (entries is [])
        {
            return new TablePage([], next);
        }

        var values = await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.Throttles, [.. entries.Select(entry => entry.Element)]), cancellationToken);
        return new TablePage(
            [.. entries.Zip(values).Where(pair => !pair.Second.IsNull).Select(pair => RowOf(pair.First.Element!, pair.Second!))], next);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => database.RunAsync(
        async redis =>
        {
            await redis.HashSetAsync(
                database.Keys.Throttles,
                [
                    .. rows.Select(row => new HashEntry(
                        row.Bytes("key"), $"{row.Number("failures")}:{row.Number("last_at")}:{row.Number("expires_at")}")),
                ]);
            return await redis.SortedSetAddAsync(
                database.Keys.ThrottlesByExpiry, [.. rows.Select(row => new SortedSetEntry(row.Bytes("key"), row.Number("expires_at")))]);
        },
        cancellationToken);

    private static StoreRow RowOf(byte[] key, string value)
    {
        var (failures, lastAt, expiresAt) = RedisThrottleStore.Parse(value);
        return new StoreRow([("key", key), ("failures", failures), ("last_at", lastAt), ("expires_at", expiresAt)]);
    }
}
