using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>Adds rows that Redis keeps as a hash each and in one index by expiry.</summary>
internal static class RedisHashImport
{
    private const int BatchSize = 500;

    // A row that is there already is passed over. Keys: the row, the index. Arguments: the member, its score, names and values.
    private const string Add = """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('HSET', KEYS[1], unpack(ARGV, 3))
        redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
        return 1
        """;

    /// <summary>Adds rows that have a column <c>expires_at</c>.</summary>
    public static async Task ImportHashesAsync(
        this RedisDatabase database,
        IReadOnlyList<StoreRow> rows,
        Func<StoreRow, (RedisKey Row, RedisKey Index, RedisValue Member)> place,
        CancellationToken cancellationToken)
    {
        foreach (var batch in rows.Chunk(BatchSize))
        {
            await Task.WhenAll(batch.Select(row =>
            {
                var (key, index, member) = place(row);
                return database.EvaluateAsync(
                    Add, [key, index], [member, row.Number("expires_at"), .. RedisColumns.Write(row)], cancellationToken);
            }));
        }
    }
}
