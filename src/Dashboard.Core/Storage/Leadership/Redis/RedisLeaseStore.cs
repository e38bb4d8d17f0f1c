using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Storage.Leadership.Redis;

internal sealed class RedisLeaseStore(RedisDatabase database) : ILeaseStore
{
    // KEYS: lease. ARGV: node, now, until.
    private const string Hold = """
        local row = redis.call('HMGET', KEYS[1], 'node', 'until', 'term')
        if row[1] ~= ARGV[1] then
            if row[1] and tonumber(row[2]) > tonumber(ARGV[2]) then return false end
            row[3] = redis.call('HINCRBY', KEYS[1], 'term', 1)
        end
        redis.call('HSET', KEYS[1], 'node', ARGV[1], 'until', ARGV[3])
        return tonumber(row[3])
        """;

    // KEYS: lease. ARGV: node.
    private const string Release = """
        if redis.call('HGET', KEYS[1], 'node') == ARGV[1] then redis.call('HDEL', KEYS[1], 'node', 'until') end
        """;

    public async Task<Term?> HoldAsync(
        string node, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var term = await database.CommitAsync(
            Hold,
            [database.Keys.Lease],
            [node, now.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds()],
            cancellationToken);
        return term.IsNull ? null : new Term((long)term);
    }

    public async Task<LeaseHolder?> FindAsync(CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(redis => redis.HashGetAsync(database.Keys.Lease, ["node", "term", "until"]), cancellationToken);
        return row[0].IsNull
            ? null
            : new LeaseHolder(row[0]!, (long)row[1], DateTimeOffset.FromUnixTimeMilliseconds((long)row[2]));
    }

    public Task ReleaseAsync(string node, CancellationToken cancellationToken) =>
        database.EvaluateAsync(Release, [database.Keys.Lease], [node], cancellationToken);
}
