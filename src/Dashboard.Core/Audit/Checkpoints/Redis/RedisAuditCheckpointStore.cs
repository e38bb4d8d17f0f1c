using System.Text.Json;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Checkpoints.Redis;

internal sealed class RedisAuditCheckpointStore(RedisDatabase database) : IAuditCheckpointStore
{
    // Keys: the checkpoints. Arguments: the number that one reaches to, and the row.
    private const string Add = """
        if redis.call('ZCOUNT', KEYS[1], ARGV[1], ARGV[1]) > 0 then return 0 end
        redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
        return 1
        """;

    public Task AddAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken) =>
        AddAsync(CheckpointRow.Of(checkpoint), cancellationToken);

    public Task AddAsync(CheckpointRow row, CancellationToken cancellationToken) => database.CommitAsync(
        Add, [database.Keys.AuditCheckpoints], [row.Number, RedisJson.Write(row)], cancellationToken);

    public async Task<IReadOnlyList<AuditCheckpoint>> ListAsync(
        long before, int skip, int limit, CancellationToken cancellationToken)
    {
        var rows = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreWithScoresAsync(
                database.Keys.AuditCheckpoints,
                stop: before,
                exclude: Exclude.Stop,
                order: Order.Descending,
                skip: skip,
                take: limit),
            cancellationToken);
        return [.. rows.Select(row => Read(row).ToCheckpoint())];
    }

    // Its place is its number, whatever the row itself says.
    private static CheckpointRow Read(SortedSetEntry entry)
    {
        var number = (long)entry.Score;
        try
        {
            return RedisJson.Read<CheckpointRow?>(entry.Element) is { TakenBy: not null, Statement: not null } row
                ? row with { Number = number }
                : Unreadable(number);
        }
        catch (JsonException)
        {
            return Unreadable(number);
        }
    }

    private static CheckpointRow Unreadable(long number) => new(number, 0, "", "");
}
