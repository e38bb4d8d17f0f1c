using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Dashboard.Core.Storage.Leadership.Redis;
using Dashboard.Core.Storage.Leadership.Sqlite;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Migration.Sqlite;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Storage.Purging.Redis;
using Dashboard.Core.Storage.Purging.Sqlite;
using Dashboard.Core.Storage.Redis;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Core.Storage.Status;
using Dashboard.Core.Storage.Status.Redis;
using Dashboard.Core.Storage.Status.Sqlite;
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
            provider.GetRequiredService<PurgeRequests>(),
            provider.GetRequiredService<LeaderElection>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<PurgeWorker>>()));
        services.AddHostedService(provider => provider.GetRequiredService<PurgeWorker>());
        services.AddSingleton(provider => new PurgeRequests(StoreOf(provider), provider.GetRequiredService<IChangeFeed>()));
        services.AddSingleton(provider => new PurgeNow(
            provider.GetRequiredService<PurgeWorker>(),
            provider.GetRequiredService<PurgeRequests>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IStoreEnd, SqliteEnd>();
        services.AddSingleton<IStoreEnd, RedisEnd>();
        services.AddSingleton(provider => new StoreMigration(
            provider.GetServices<StoreTable>(),
            provider.GetServices<IStoreEnd>(),
            provider.GetServices<SourceCheck>(),
            provider.GetRequiredService<MigrationRecorder>(),
            provider.GetRequiredService<ILogger<StoreMigration>>()));
        services.AddSingleton<LeaderElection>();
        services.AddSingleton(provider => new DeploymentStatus(
            provider.GetRequiredService<IStoreStatus>(),
            provider.GetRequiredService<ILeaseStore>(),
            provider.GetRequiredService<LeaderElection>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<LeaderElection>());
        return services
            .AddStore<IStorage, SqliteDatabase, RedisDatabase>()
            .AddStore<IStoreHealth, SqliteStoreHealth, RedisStoreHealth>()
            .AddStore<IStoreStatus, SqliteStoreStatus, RedisStoreStatus>()
            .AddStore<ILeaseStore, SqliteLeaseStore, RedisLeaseStore>()
            .AddStore<IPurgeRunStore, SqlitePurgeRunStore, RedisPurgeRunStore>()
            .AddTable<RedisPurgeRunTable>("last_purge", "id");
    }

    /// <summary>The configured one.</summary>
    public static IStoreEnd StoreOf(IServiceProvider provider)
    {
        var kind = provider.GetRequiredService<IOptions<StorageOptions>>().Value.Kind;
        return provider.GetServices<IStoreEnd>().Single(end => end.Kind == kind);
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

    /// <summary>Registers a table for migrations: every table that a store needs to be the same store elsewhere.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">Its name in SQLite.</param>
    /// <param name="key">The columns that tell its rows apart and have an index in this order.</param>
    public static IServiceCollection AddTable<TRedis>(this IServiceCollection services, string name, params string[] key)
        where TRedis : class, IStoreTable
    {
        services.TryAddSingleton<TRedis>();
        return services.AddSingleton(provider => new StoreTable(
            name,
            new SqliteTable(provider.GetRequiredService<SqliteDatabase>(), name, key),
            provider.GetRequiredService<TRedis>(),
            key));
    }

    private static bool UsesRedis(this IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StorageOptions>>().Value.Kind is StorageOptions.RedisKind;
}
