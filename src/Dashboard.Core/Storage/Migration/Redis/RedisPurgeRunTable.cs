using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>The last purge for migrations: one row, or none.</summary>
internal sealed class RedisPurgeRunTable(RedisDatabase database) : IStoreTable
{
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(null, 1, cancellationToken)).Rows.Count;

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var run = await database.RunAsync(redis => redis.StringGetAsync(database.Keys.LastPurge), cancellationToken);
        return new TablePage(run.IsNull ? [] : [new StoreRow([("id", 1L), ("run", run.ToString())])], null);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => database.RunAsync(
        redis => redis.StringSetAsync(database.Keys.LastPurge, rows[0].Text("run")), cancellationToken);
}
