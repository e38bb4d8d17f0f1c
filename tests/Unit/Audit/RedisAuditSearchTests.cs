using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Storage.Redis;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Audit;

public sealed class RedisAuditSearchTests(RedisServer redis)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_beyond_what_is_counted_is_found()
    {
        await using var host = await CoreHost.StartAsync(redis.Settings());
        var store = host.Get<IAuditStore>();
        for (var number = 0; number < 1_100; number++)
        {
            await store.AppendAsync(new AuditEntry(new Actor("bob"), "thing.read", "thing", "one"), Stop);
        }

        var newest = (await store.FindNewestAsync(Stop))!.Number;
        var search = new RedisAuditSearch(host.Get<RedisDatabase>(), new AuditFilter("bob", "thing.read"));
        var (numbers, _) = await search.FindAsync(newest - 1_050, 3, 500, Stop);

        Assert.Equal([newest - 1_051, newest - 1_052, newest - 1_053], numbers);
    }
}
