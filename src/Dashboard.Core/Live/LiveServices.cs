using Dashboard.Core.Live.Redis;
using Dashboard.Core.Live.Sqlite;
using Dashboard.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Live;

internal static class LiveServices
{
    public static IServiceCollection AddLive(this IServiceCollection services) => services
        .AddStore<IChangeFeed, InProcessChangeFeed, RedisChangeFeed>()
        .AddSingleton(provider => (IHostedService)provider.GetRequiredService<IChangeFeed>())
        .AddSingleton<IChangeWatch, SqliteChangeWatch>()
        .AddHostedService(provider => provider.GetRequiredService<IChangeWatch>());
}
