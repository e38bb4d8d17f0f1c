using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Dashboard.Core.Storage.Leadership.Redis;
using Dashboard.Core.Storage.Leadership.Sqlite;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Storage.Purging.Redis;
using Dashboard.Core.Storage.Purging.Sqlite;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Storage;

internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SignetOptions, SignetOptionsValidator>()
            .BindConfiguration(SignetOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SignetOptions>, SignetOptionsRules>());
        services.AddOptionsWithValidateOnStart<StorageOptions, StorageOptionsValidator>()
            .BindConfiguration(StorageOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StorageOptions>, StorageOptionsRules>());
        services.AddSingleton<SqliteFile>();
        services.AddSingleton(provider => new PurgeWorker(
            provider.GetServices<PurgeStep>(),
            provider.GetRequiredService<IPurgeRunStore>(),
            provider.GetRequiredService<LeaderElection>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PurgeWorker>>()));
        services.AddHostedService(provider => provider.GetRequiredService<PurgeWorker>());
        services.AddSingleton<LeaderElection>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaderElection>());
        return services
            .AddStore<IStorage, SqliteDatabase, RedisDatabase>()
            .AddStore<IStoreHealth, SqliteStoreHealth, RedisStoreHealth>()
            .AddStore<ILeaseStore, SqliteLeaseStore, RedisLeaseStore>()
            .AddStore<IPurgeRunStore, SqlitePurgeRunStore, RedisPurgeRunStore>();
    }

    /// <summary>Registers both adapters of a store, and the configured one as the store.</summary>
    public static IServiceCollection AddStore<TStore, TSqlite, TRedis>(this IServiceCollection services)
        where TStore : class
        where TSqlite : class, TStore
        where TRedis : class, TStore
    {
        services.TryAddSingleton<TSqlite>();
        services.TryAddSingleton<TRedis>();
        return services.AddSingleton<TStore>(provider => provider.UsesRedis()
            ? provider.GetRequiredService<TRedis>()
            : provider.GetRequiredService<TSqlite>());
    }

    private static bool UsesRedis(this IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StorageOptions>>().Value.Kind is StorageOptions.RedisKind;
}
