using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Throttling.Redis;

internal sealed class RedisThrottleStore(RedisDatabase database, RedisAuditStore audits) : IThrottleStore
{
    private RedisKey[] Keys => [database.Keys.Throttles, database.Keys.ThrottlesByExpiry];

    public async Task<TimeSpan?> TakeAsync(
        IReadOnlyList<ThrottleUse> uses, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var wait = (long)await database.EvaluateAsync(
            RedisThrottleScripts.Take,
            Keys,
            [now.ToUnixTimeMilliseconds(), .. uses.SelectMany(ArgumentsOf)],
            cancellationToken);
        return wait == 0 ? null : TimeSpan.FromMilliseconds(wait);
    }

    public Task GiveBackAsync(
        IReadOnlyList<byte[]> cleared, IReadOnlyList<byte[]> returned, CancellationToken cancellationToken) =>
        database.EvaluateAsync(
            RedisThrottleScripts.GiveBack, Keys, [cleared.Count, .. Values(cleared), .. Values(returned)], cancellationToken);

    public Task UnlockAsync(ThrottleUnlock unlock, AuditEntry? audit, CancellationToken cancellationToken)
    {
        RedisValue[] arguments =
        [
            unlock.Mark, unlock.At.ToUnixTimeMilliseconds(), unlock.ExpiresAt.ToUnixTimeMilliseconds(), .. Values(unlock.Cleared),
        ];
        return audit is null
            ? database.EvaluateAsync(RedisThrottleScripts.UnlockQuietly, Keys, arguments, cancellationToken)
            : audits.ChangeAsync(RedisThrottleScripts.Unlock, Keys, arguments, audit, cancellationToken);
    }

    public async Task<ThrottleState?> FindAsync(byte[] key, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = await database.RunAsync(redis => redis.HashGetAsync(database.Keys.Throttles, key), cancellationToken);
        return !row.IsNull && Parse(row!) is var (failures, lastAt, expiresAt) && expiresAt > now.ToUnixTimeMilliseconds()
            ? new ThrottleState((int)failures, DateTimeOffset.FromUnixTimeMilliseconds(lastAt))
            : null;
    }

    public async Task<IReadOnlyList<int>> CountAsync(
        IReadOnlyList<ThrottleCount> counts, DateTimeOffset now, CancellationToken cancellationToken) =>
        (int[])(await database.EvaluateAsync(
            RedisThrottleScripts.Count,
            Keys,
            [
                now.ToUnixTimeMilliseconds(),
                .. counts.SelectMany(count => (RedisValue[])[count.Key, count.By, count.ExpiresAt.ToUnixTimeMilliseconds()]),
            ],
            cancellationToken))!;

    public async Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        (int)await database.EvaluateAsync(
            term, RedisThrottleScripts.Purge, Keys, [expiredBefore.ToUnixTimeMilliseconds(), limit], cancellationToken);

    /// <summary>Failures, last time and expiry of a row.</summary>
    public static (long Failures, long LastAt, long ExpiresAt) Parse(string row)
    {
        var parts = row.Split(':');
        return (Number(parts[0]), Number(parts[1]), Number(parts[2]));

        static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
    }

    private static RedisValue[] ArgumentsOf(ThrottleUse use) =>
    [
        use.Key,
        use.Mark ?? RedisValue.EmptyString,
        use.Rule.Free,
        (long)use.Rule.FirstDelay.TotalMilliseconds,
        (long)use.Rule.LongestDelay.TotalMilliseconds,
        (long)use.Rule.Window.TotalMilliseconds,
        use.Rule.StopAt,
    ];

    private static IEnumerable<RedisValue> Values(IEnumerable<byte[]> keys) => keys.Select(key => (RedisValue)key);
}
