using Dashboard.Core.Access;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Webhooks.Notices;
using Dashboard.Core.Webhooks.Notices.Redis;
using Dashboard.Core.Webhooks.Notices.Sqlite;
using Dashboard.Core.Webhooks.Redis;
using Dashboard.Core.Webhooks.Sending;
using Dashboard.Core.Webhooks.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Webhooks;

internal static class WebhookServices
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsRules>();
        services.AddOptionsWithValidateOnStart<WebhookOptions, WebhookOptionsValidator>().BindConfiguration(WebhookOptions.Section);
        services.AddStore<IWebhookStore, SqliteWebhookStore, RedisWebhookStore>();
        services.AddTable<RedisWebhookTable>("webhooks", "id");
        services.AddStore<IWebhookDeliveryStore, SqliteWebhookDeliveryStore, RedisWebhookDeliveryStore>();
        services.AddTable<RedisWebhookDeliveryTable>("webhook_deliveries", "id");
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());
        services.AddSingleton(provider => new WebhookAdministration(
            provider.GetRequiredService<IWebhookStore>(),
            provider.GetRequiredService<WebhookSecrets>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<IOptions<WebhookOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new WebhookOutbox(
            provider.GetRequiredService<IWebhookStore>(),
            provider.GetRequiredService<IWebhookDeliveryStore>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new WebhookDeliveries(
            provider.GetRequiredService<IWebhookStore>(),
            provider.GetRequiredService<IWebhookDeliveryStore>(),
            provider.GetRequiredService<WebhookSender>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new PurgeStep("webhook deliveries", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IWebhookDeliveryStore>().PurgeAsync(
                now - provider.GetRequiredService<IOptions<WebhookOptions>>().Value.Retention, limit, term, cancellationToken))
        {
            Setting = $"{WebhookOptions.Section}:{nameof(WebhookOptions.Retention)}",
        });
        services.AddStore<IAlertNoticeStore, SqliteAlertNoticeStore, RedisAlertNoticeStore>();
        services.AddTable<RedisAlertNoticeTable>("alert_notices", "id");
        services.AddSingleton<AlertNotices>();
        services.AddHostedService(provider => provider.GetRequiredService<AlertNotices>());
        return services;
    }
}
