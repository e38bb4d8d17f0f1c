using Dashboard.Core.Access;
using Dashboard.Core.Audit.Checkpoints;
using Dashboard.Core.Audit.Checkpoints.Redis;
using Dashboard.Core.Audit.Checkpoints.Sqlite;
using Dashboard.Core.Audit.Pruning;
using Dashboard.Core.Audit.Pruning.Redis;
using Dashboard.Core.Audit.Pruning.Sqlite;
using Dashboard.Core.Audit.Redis;
using Dashboard.Core.Audit.Signing;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Audit.Verifying;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Purging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Audit;

internal static class AuditServices
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<AuditOptions>, AuditOptionsRules>();
        services.AddOptionsWithValidateOnStart<AuditOptions, AuditOptionsValidator>().BindConfiguration(AuditOptions.Section);
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditSigner>();
        services.AddSingleton<AuditWalk>();
        services.AddStore<IAuditStore, SqliteAuditStore, RedisAuditStore>();
        services.AddTable<RedisAuditTable>("audit", "number");
        services.AddSingleton(new CarriedOver("audit", ["number"], (row, since) => row.Number("number") > since.AuditNumber) { AddsNew = true });
        services.AddSingleton(provider => new MigrationRecorder("audit", async (who, done, cancellationToken) =>
        {
            // The chain goes on under the key that came with the copy.
            await provider.GetRequiredService<SystemSecrets>().LoadAsync(cancellationToken);
            await provider.GetRequiredService<AuditLog>().RecordReadAsync(
                MigrationEntry.Of(new Actor(who), done), cancellationToken);
        }));
        services.AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<IAuditStore>(),
            provider.GetRequiredService<AuditWalk>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetServices<IAuditWatcher>()));
        services.AddSingleton(provider => new AuditReads(
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<TimeProvider>()));
        return services.AddCheckpoints().AddPruning();
    }

    private static IServiceCollection AddCheckpoints(this IServiceCollection services)
    {
        services.AddStore<IAuditCheckpointStore, SqliteAuditCheckpointStore, RedisAuditCheckpointStore>();
        services.AddTable<RedisAuditCheckpointTable>("audit_checkpoints", "number");
        services.AddSingleton(new CarriedOver("audit_checkpoints", ["number"], (row, since) => since.Covers(row, "at")) { AddsNew = true });
        services.AddSingleton<CheckpointFile>();
        services.AddSingleton(provider => new AuditCheckpoints(
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<IAuditCheckpointStore>(),
            provider.GetRequiredService<CheckpointFile>(),
            provider.GetRequiredService<AuditSigner>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<CheckpointTaker>();
        services.AddSingleton(provider => new AuditVerifier(
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<AuditCheckpoints>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AuditVerifier>>()));
        return services;
    }

    private static IServiceCollection AddPruning(this IServiceCollection services)
    {
        services.AddStore<IAuditPruningStore, SqliteAuditPruningStore, RedisAuditPruningStore>();
        services.AddTable<RedisAuditPruningTable>("audit_prunings", "number");

        services.AddSingleton(new CarriedOver("audit_prunings", ["number"], (_, _) => true) { AddsNew = true });
        services.AddSingleton<AuditPrunings>();
        services.AddSingleton<AuditPruner>();
        return services.AddSingleton(provider => new PurgeStep("audit log entries", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<AuditPruner>().PruneAsync(now, limit, term, cancellationToken))
        {
            Setting = $"{AuditOptions.Section}:{nameof(AuditOptions.Retention)}",
        });
    }
}
