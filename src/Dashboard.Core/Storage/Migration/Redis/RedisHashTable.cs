using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>A table that Redis keeps in one hash and every node reads whole: of keys and people, never of tokens.</summary>
internal abstract class RedisHashTable(RedisDatabase database, RedisKey key) : IStoreTable
{
    /// <summary>Where the hash is.</summary>
    protected RedisDatabase Database { get; } = database;

    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Count;

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken) =>
        new(await ReadAsync(cancellationToken), null);

    public virtual Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => Database.RunAsync(
        async redis =>
        {
            await redis.HashSetAsync(key, [.. rows.Select(Write)]);
            return true;
        },
        cancellationToken);

    /// <summary>Null for a field that is no row.</summary>
    protected abstract StoreRow? Read(HashEntry field);

    /// <summary>The field of a row.</summary>
    protected abstract HashEntry Write(StoreRow row);

    private async Task<List<StoreRow>> ReadAsync(CancellationToken cancellationToken)
    {
        var fields = await Database.RunAsync(redis => redis.HashGetAllAsync(key), cancellationToken);
        return [.. fields.Select(Read).OfType<StoreRow>()];
    }
}
