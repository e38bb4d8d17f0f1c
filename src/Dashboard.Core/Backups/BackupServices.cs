using System.Reflection;
using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Backups;

internal static class BackupServices
{
    public static IServiceCollection AddBackups(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BackupOptions, BackupOptionsValidator>().BindConfiguration(BackupOptions.Section);
        services.AddSingleton(provider => new BackupOrigin(
            provider.GetRequiredService<IOptions<SignetOptions>>().Value.Issuer,
            SqliteMigrations.Newest,
            typeof(BackupServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"));
        services.AddSingleton(provider => new BackupReminder(
            StorageServices.StoreOf(provider),
            provider.GetRequiredService<IOptionsMonitor<BackupOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new BackupMaking(
            provider.GetServices<StoreTable>(),
            StorageServices.StoreOf(provider),
            provider.GetServices<SealedColumn>(),
            provider.GetRequiredService<BackupOrigin>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new StoreBackup(
            provider.GetRequiredService<BackupMaking>(),
            StorageServices.StoreOf(provider),
            provider.GetRequiredService<SystemSecrets>(),
            provider.GetRequiredService<AuditLog>()));
        services.AddSingleton(provider => new BackupCheck(
            provider.GetServices<SealedColumn>(),
            provider.GetServices<StoreTable>(),
            provider.GetRequiredService<BackupOrigin>()));
        return services.AddRestoring();
    }

    private static IServiceCollection AddRestoring(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ReplacedStore(
            provider.GetRequiredService<BackupMaking>(),
            provider.GetServices<StoreTable>(),
            StorageServices.StoreOf(provider),
            provider.GetServices<SealedColumn>(),
            provider.GetRequiredService<IAuditStore>(),
            provider.GetRequiredService<MasterKeySource>(),
            provider.GetRequiredService<IOptions<SignetOptions>>()));
        services.AddSingleton(provider => new RestoreEnding(
            provider.GetRequiredService<SystemSecrets>(),
            provider.GetRequiredService<IRevocationStore>(),
            provider.GetRequiredService<AuditLog>()));
        services.AddSingleton(provider => new StoreRestore(
            provider.GetServices<StoreTable>(),
            StorageServices.StoreOf(provider),
            provider.GetRequiredService<BackupCheck>(),
            provider.GetServices<SealedColumn>(),
            provider.GetServices<EndedByRestore>(),
            provider.GetServices<CarriedOver>(),
            provider.GetRequiredService<ReplacedStore>(),
            provider.GetRequiredService<MasterKeySource>(),
            provider.GetRequiredService<RestoreEnding>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StoreRestore>>()));
        return services;
    }
}
