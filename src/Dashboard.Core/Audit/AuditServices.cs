using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Keys;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditChain>();
        services.AddStore<IAuditStore, SqliteAuditStore, RedisAuditStore>();
        services.AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<IAuditStore>(),
            provider.GetRequiredService<AuditChain>(),
            provider.GetRequiredService<IChangeFeed>()));
        services.AddSingleton(provider => new AuditCheckpoints(
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
