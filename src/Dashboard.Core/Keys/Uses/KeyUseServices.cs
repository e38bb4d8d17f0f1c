using Dashboard.Core.Keys.Uses.Redis;
using Dashboard.Core.Keys.Uses.Sqlite;
using Dashboard.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Keys.Uses;

internal static class KeyUseServices
{
    public static IServiceCollection AddKeyUses(this IServiceCollection services)
    {
        services.AddStore<IKeyUseStore, SqliteKeyUseStore, RedisKeyUseStore>();
        services.AddTable<RedisKeyUseTable>("key_uses", "key_id");
        services.AddSingleton(provider => new KeyUses(
            provider.GetRequiredService<IKeyUseStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<KeyUses>>()));
        services.AddHostedService(provider => provider.GetRequiredService<KeyUses>());
        return services;
    }
}
