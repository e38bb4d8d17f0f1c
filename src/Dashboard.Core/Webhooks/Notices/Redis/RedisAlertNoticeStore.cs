using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Webhooks.Notices.Redis;

internal sealed class RedisAlertNoticeStore(RedisDatabase database) : IAlertNoticeStore
{
    private const string Advance = """
        if tonumber(ARGV[1]) > tonumber(redis.call('GET', KEYS[1]) or '0') then redis.call('SET', KEYS[1], ARGV[1]) end
        """;

    public async Task<long> ReadAsync(CancellationToken cancellationToken) =>
        (long)await database.RunAsync(redis => redis.StringGetAsync(database.Keys.AlertNotices), cancellationToken);

    public Task AdvanceAsync(long number, CancellationToken cancellationToken) =>
        database.EvaluateAsync(Advance, [database.Keys.AlertNotices], [number], cancellationToken);
}
