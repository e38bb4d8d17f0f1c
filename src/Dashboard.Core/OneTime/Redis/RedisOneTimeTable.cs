using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.OneTime.Redis;

/// <summary>What was used once, for migrations.</summary>
internal sealed class RedisOneTimeTable(RedisDatabase database) : IStoreTable
{
    private readonly RedisIndexWalk _walk = new(database, database.Keys.UsedOnce);

    public Task<long> CountAsync(CancellationToken cancellationToken) => _walk.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (entries, next) = await _walk.ReadAsync(after, limit, cancellationToken);
        return new TablePage(
            [.. entries.Select(entry => new StoreRow([("hash", (byte[])entry.Element!), ("expires_at", (long)entry.Score)]))], next);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => database.RunAsync(
        redis => redis.SortedSetAddAsync(
            database.Keys.UsedOnce, [.. rows.Select(row => new SortedSetEntry(row.Bytes("hash"), row.Number("expires_at")))]),
        cancellationToken);
}
