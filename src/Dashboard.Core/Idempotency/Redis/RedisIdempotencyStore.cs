using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Idempotency.Redis;

internal sealed class RedisIdempotencyStore(RedisDatabase database) : IIdempotencyStore
{
    /// <summary>KEYS: request, expiries. ARGV: id, hash, attempt, expiry, now.</summary>
    public const string Begin = """
        local row = redis.call('HMGET', KEYS[1], 'request_hash', 'attempt', 'made_id', 'expires_at')
        if row[4] and tonumber(row[4]) > tonumber(ARGV[5]) then return row end
        redis.call('DEL', KEYS[1])
        redis.call('HSET', KEYS[1], 'id', ARGV[1], 'request_hash', ARGV[2], 'attempt', ARGV[3], 'expires_at', ARGV[4])
        redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
        return false
        """;

    /// <summary>KEYS: request, expiries. ARGV: id, attempt, made, expiry.</summary>
    public const string Complete = """
        if redis.call('HGET', KEYS[1], 'attempt') ~= ARGV[2] then return end
        redis.call('HSET', KEYS[1], 'made_id', ARGV[3], 'expires_at', ARGV[4])
        redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
        """;

    // KEYS: request, expiries. ARGV: id, attempt.
    private const string Release = """
        if redis.call('HGET', KEYS[1], 'attempt') ~= ARGV[2] then return end
        redis.call('DEL', KEYS[1])
        redis.call('ZREM', KEYS[2], ARGV[1])
        """;

    // KEYS: expiries, and behind it each request. ARGV: before, ids. One that began again meanwhile stays.
    private const string Purge = """
        local gone = 0
        for index = 2, #ARGV do
            if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[index]) or 'inf') < tonumber(ARGV[1]) then
                gone = gone + redis.call('ZREM', KEYS[1], ARGV[index])
                redis.call('DEL', KEYS[index])
            end
        end
        return gone
        """;

    public async Task<RememberedRequest?> BeginAsync(
        RememberedRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var first = await database.CommitAsync(
            Begin,
            KeysOf(request.Id),
            [
                request.Id,
                request.RequestHash,
                request.Attempt,
                request.ExpiresAt.ToUnixTimeMilliseconds(),
                now.ToUnixTimeMilliseconds(),
            ],
            cancellationToken);
        return first.IsNull ? null : Read(request.Id, (RedisValue[])first);
    }

    public Task CompleteAsync(
        string id, string attempt, string madeId, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.EvaluateAsync(
            Complete, KeysOf(id), [id, attempt, madeId, expiresAt.ToUnixTimeMilliseconds()], cancellationToken);

    public Task ReleaseAsync(string id, string attempt, CancellationToken cancellationToken) =>
        database.EvaluateAsync(Release, KeysOf(id), [id, attempt], cancellationToken);

    public async Task<int> PurgeAsync(
        DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken)
    {
        var before = expiredBefore.ToUnixTimeMilliseconds();
        var ids = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                database.Keys.Idempotency, stop: before, exclude: Exclude.Stop, take: limit),
            cancellationToken);
        return ids is [] ? 0 : (int)await database.EvaluateAsync(
            term,
            Purge,
            [database.Keys.Idempotency, .. ids.Select(id => database.Keys.RememberedRequest(id!))],
            [before, .. ids],
            cancellationToken);
    }

    private RedisKey[] KeysOf(string id) => [database.Keys.RememberedRequest(id), database.Keys.Idempotency];

    private static RememberedRequest Read(string id, RedisValue[] row) => new(
        id, (byte[])row[0]!, row[1]!, row[2], DateTimeOffset.FromUnixTimeMilliseconds((long)row[3]));
}
