using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>A table that Redis keeps as a hash for each row, and whose rows are found by walking sorted sets.</summary>
internal abstract class RedisIndexedTable(RedisDatabase database, RedisColumns columns, params RedisKey[] indexes) : IStoreTable
{
    // More at once than that outlast the time-out of Redis on a busy machine.
    protected const int BatchSize = 500;

    private readonly RedisIndexWalk _walk = new(database, indexes);

    protected RedisDatabase Database { get; } = database;

    public Task<long> CountAsync(CancellationToken cancellationToken) => _walk.CountAsync(cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var (entries, next) = await _walk.ReadAsync(after, limit, cancellationToken);
        List<StoreRow> rows = [];
        foreach (var batch in entries.Chunk(BatchSize))
        {
            var found = await Database.RunAsync(
                redis => Task.WhenAll(batch.Select(entry => redis.HashGetAllAsync(KeyOf(entry.Element)))), cancellationToken);
            rows.AddRange(found.Select(columns.Read).OfType<StoreRow>());
        }

        return new TablePage(rows, next);
    }

    public abstract Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken);

    /// <summary>The hash of a row, by its member in an index.</summary>
    protected abstract RedisKey KeyOf(RedisValue member);
}
