using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Storage.Purging.Redis;

internal sealed class RedisPurgeRunStore(RedisDatabase database) : IPurgeRunStore
{
    public async Task<PurgeRun?> FindLastAsync(CancellationToken cancellationToken) =>
        PurgeRun.Read(await database.RunAsync(redis => redis.StringGetAsync(database.Keys.LastPurge), cancellationToken));

    public Task SaveAsync(PurgeRun run, Term term, CancellationToken cancellationToken) => database.EvaluateAsync(
        term, "redis.call('SET', KEYS[1], ARGV[1])", [database.Keys.LastPurge], [run.ToJson()], cancellationToken);
}
