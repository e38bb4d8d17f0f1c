using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.OneTime.Redis;

internal sealed class RedisOneTimeStore(RedisDatabase database) : IOneTimeStore
{
    private const string Use = "return redis.call('ZADD', KEYS[1], 'NX', ARGV[2], ARGV[1])";

    // KEYS: used. ARGV: before, limit.
    private const string Purge = """
        local due = redis.call('ZRANGE', KEYS[1], '-inf', '(' .. ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])
        if #due > 0 then redis.call('ZREM', KEYS[1], unpack(due)) end
        return #due
        """;

    public async Task<bool> UseAsync(byte[] hash, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        (bool)await database.CommitAsync(
            Use, [database.Keys.UsedOnce], [hash, expiresAt.ToUnixTimeMilliseconds()], cancellationToken);

    public async Task<int> PurgeAsync(
        DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        (int)await database.EvaluateAsync(
            term,
            Purge,
            [database.Keys.UsedOnce],
            [expiredBefore.ToUnixTimeMilliseconds(), limit],
            cancellationToken);
}
