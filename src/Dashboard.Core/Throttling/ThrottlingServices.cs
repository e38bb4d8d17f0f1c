using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Throttling.Redis;
using Dashboard.Core.Throttling.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Throttling;

internal static class ThrottlingServices
{
    public static IServiceCollection AddThrottling(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ThrottlingOptions, ThrottlingOptionsValidator>()
            .BindConfiguration(ThrottlingOptions.Section);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ThrottlingOptions>, ThrottlingOptionsRules>());
        services.AddOptionsWithValidateOnStart<BudgetOptions, BudgetOptionsValidator>()
            .BindConfiguration(BudgetOptions.Section);
        services.AddStore<IThrottleStore, SqliteThrottleStore, RedisThrottleStore>();
        services.AddTable<RedisThrottleTable>("throttles", "key");
        services.AddSingleton(provider => new LoginThrottle(
            provider.GetRequiredService<IThrottleStore>(),
            provider.GetRequiredService<IOptions<ThrottlingOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RequestBudgets(
            provider.GetRequiredService<IOptions<BudgetOptions>>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new BudgetSharing(
            provider.GetRequiredService<RequestBudgets>(),
            provider.GetRequiredService<IThrottleStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BudgetSharing>>()));
        services.AddHostedService(provider => provider.GetRequiredService<BudgetSharing>());
        services.AddSingleton(provider => new PurgeStep("throttles", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IThrottleStore>().PurgeAsync(now, limit, term, cancellationToken)));
        return services;
    }
}
