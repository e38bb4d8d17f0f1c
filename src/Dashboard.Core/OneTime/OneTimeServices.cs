using Dashboard.Core.OneTime.Redis;
using Dashboard.Core.OneTime.Sqlite;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.OneTime;

internal static class OneTimeServices
{
    public static IServiceCollection AddOneTime(this IServiceCollection services) => services
        .AddStore<IOneTimeStore, SqliteOneTimeStore, RedisOneTimeStore>()
        .AddTable<RedisOneTimeTable>("used_once", "hash")
        .AddSingleton(provider => new OneTimeUses(provider.GetRequiredService<IOneTimeStore>()))
        .AddSingleton(provider => new PurgeStep("one-time uses", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IOneTimeStore>().PurgeAsync(now - OneTimeUses.Kept, limit, term, cancellationToken)));
}
