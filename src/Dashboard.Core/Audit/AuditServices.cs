using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditChain>();
        services.AddStore<IAuditStore, SqliteAuditStore, RedisAuditStore>();
        services.AddTable<RedisAuditTable>("audit", "number");
        services.AddSingleton(provider => new MigrationRecorder("audit", async (who, done, cancellationToken) =>
        {
            // The chain goes on under the key that came with the copy.
            await provider.GetRequiredService<SystemSecrets>().LoadAsync(cancellationToken);
            await provider.GetRequiredService<AuditLog>().RecordReadAsync(
                MigrationEntry.Of(new Actor(who), done), cancellationToken);
        }));
        services.AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<IAuditStore>(),
            provider.GetRequiredService<AuditChain>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetServices<IAuditWatcher>()));
        services.AddSingleton(provider => new AuditCheckpoints(
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
