using System.Text.Json;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Redis;

/// <summary>Signed statements about the log: a sorted set of rows as JSON, one for each number of an entry.</summary>
internal sealed class RedisStatements(RedisDatabase database, RedisKey key)
{
    // Keys: the statements. Arguments: the number of one, and the row.
    private const string Add = """
        if redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1]) > 0 then return 0 end
        redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
        return 1
        """;

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.RunAsync(redis => redis.SortedSetLengthAsync(key), cancellationToken);

    /// <summary>Adds one; where there is one of its number already, that one stays.</summary>
    public Task AddAsync<TRow>(long number, TRow row, CancellationToken cancellationToken) =>
        database.CommitAsync(Add, [key], [number, RedisJson.Write(row)], cancellationToken);

    /// <summary>The newest of a lower number, newest first.</summary>
    public Task<SortedSetEntry[]> ListAsync(long before, int skip, int limit, CancellationToken cancellationToken) => database.RunAsync(
        redis => redis.SortedSetRangeByScoreWithScoresAsync(
            key, stop: before, exclude: Exclude.Stop, order: Order.Descending, skip: skip, take: limit),
        cancellationToken);

    /// <summary>Those of a higher number, oldest first.</summary>
    public Task<SortedSetEntry[]> ReadAsync(long after, int limit, CancellationToken cancellationToken) => database.RunAsync(
        redis => redis.SortedSetRangeByScoreWithScoresAsync(key, start: after, exclude: Exclude.Start, take: limit), cancellationToken);

    /// <summary>The row of an entry; null where something else stands there.</summary>
    public static TRow? RowOf<TRow>(SortedSetEntry entry)
        where TRow : class
    {
        try
        {
            return RedisJson.Read<TRow?>(entry.Element);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
