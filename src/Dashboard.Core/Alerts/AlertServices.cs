using Dashboard.Core.Access;
using Dashboard.Core.Alerts.Expiries;
using Dashboard.Core.Alerts.Redis;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Core.Alerts.Rules.Redis;
using Dashboard.Core.Alerts.Rules.Sqlite;
using Dashboard.Core.Alerts.Sqlite;
using Dashboard.Core.Alerts.Watching;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Alerts;

internal static class AlertServices
{
    public static IServiceCollection AddAlerts(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AlertOptions, AlertOptionsValidator>().BindConfiguration(AlertOptions.Section);
        services.AddStore<IAlertStore, SqliteAlertStore, RedisAlertStore>();
        services.AddTable<RedisAlertTable>("alerts", "id");
        services.AddTable<RedisAlertMuteTable>("alert_mutes", "kind", "key");
        services.AddSingleton(provider => new AlertBook(
            provider.GetRequiredService<IAlertStore>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AlertBook>>()));
        services.AddSingleton(provider => new PurgeStep("alerts", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IAlertStore>().PurgeAsync(
                now - provider.GetRequiredService<IOptions<AlertOptions>>().Value.Retention, limit, term, cancellationToken))
        {
            Setting = $"{AlertOptions.Section}:{nameof(AlertOptions.Retention)}",
        });
        return services.AddRules().AddWatching();
    }

    private static IServiceCollection AddRules(this IServiceCollection services)
    {
        services.AddStore<IAlertRuleStore, SqliteAlertRuleStore, RedisAlertRuleStore>();
        services.AddTable<RedisAlertRuleTable>("alert_rules", "id");
        services.AddSingleton(provider => new AlertRules(
            provider.GetRequiredService<IAlertRuleStore>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>()));
        services.AddSingleton(provider => new RuleCounts(provider.GetRequiredService<RefusalCounts>()));
        services.AddSingleton(provider => new RulePreview(
            provider.GetRequiredService<RuleCounts>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IAlertCheck, RuleEvaluation>();
    }

    private static IServiceCollection AddWatching(this IServiceCollection services)
    {
        services.AddSingleton<SoonExpiring>();
        services.AddSingleton<EventAlerts>();
        services.AddSingleton<IEventWatcher>(provider => provider.GetRequiredService<EventAlerts>());
        services.AddHostedService(provider => provider.GetRequiredService<EventAlerts>());
        services.AddSingleton<AuditAlerts>();
        services.AddSingleton<IAuditWatcher>(provider => provider.GetRequiredService<AuditAlerts>());
        services.AddSingleton<AuditWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditWatch>());
        services.AddSingleton<IAlertCheck, UpkeepCheck>();
        services.AddSingleton<IAlertCheck, MissedEventCheck>();
        services.AddSingleton<IAlertCheck, KeyRevocationCheck>();
        services.AddSingleton<IAlertCheck, ExpiryCheck>();
        services.AddSingleton<IAlertCheck, IssuerCheck>();
        services.AddSingleton<IAlertCheck, MasterKeyCheck>();
        services.AddSingleton<IAlertCheck, EventLossCheck>();
        services.AddSingleton<IFreeSpace, FreeSpace>();
        services.AddSingleton<IAlertCheck, FreeSpaceCheck>();
        services.AddSingleton<IAlertCheck, StoreBudgetCheck>();
        services.AddHostedService<AlertChecks>();
        return services.AddHostedService<NodeAlertChecks>();
    }
}
