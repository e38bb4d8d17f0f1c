using Dashboard.Core.Events.Redis;
using Dashboard.Core.Events.Sqlite;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Events.Rollups.Redis;
using Dashboard.Core.Events.Rollups.Sqlite;
using Dashboard.Core.Events.Sampling;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Events;

internal static class EventServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EventOptions, EventOptionsValidator>()
            .BindConfiguration(EventOptions.Section);
        services.AddStore<IEventStore, SqliteEventStore, RedisEventStore>();
        services.AddTable<RedisEventTable>("events", "number");
        services.AddSingleton<RefusalSampling>();
        services.AddSingleton(provider => new EventLog(
            provider.GetRequiredService<IEventStore>(),
            provider.GetRequiredService<RefusalSampling>(),
            provider.GetServices<IEventWatcher>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventLog>>()));
        services.AddHostedService(provider => provider.GetRequiredService<EventLog>());
        services.AddHostedService(provider => new RefusalSummaries(
            provider.GetRequiredService<EventLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new PurgeStep("events", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IEventStore>().PurgeAsync(
                now - provider.GetRequiredService<IOptions<EventOptions>>().Value.Retention, limit, term, cancellationToken))
        {
            Setting = $"{EventOptions.Section}:{nameof(EventOptions.Retention)}",
        });
        services.AddSingleton(provider => new PurgeStep("events", (_, limit, term, cancellationToken) =>
            provider.GetRequiredService<IEventStore>().PurgeBeyondAsync(
                provider.GetRequiredService<IOptions<EventOptions>>().Value.MostKept, limit, term, cancellationToken)));
        return services.AddRollups();
    }

    private static IServiceCollection AddRollups(this IServiceCollection services)
    {
        services.AddStore<IRollupStore, SqliteRollupStore, RedisRollupStore>();
        services.AddTable<RedisRefusalCountTable>("refusal_counts", "grain", "facet", "value", "at", "code");
        services.AddSingleton(provider => new RefusalCounts(provider.GetRequiredService<IRollupStore>()));
        foreach (var grain in Enum.GetValues<RollupGrain>())
        {
            services.AddSingleton(provider => new PurgeStep("refusal counts", (now, limit, term, cancellationToken) =>
                provider.GetRequiredService<IRollupStore>().PurgeAsync(
                    grain, now - RollupSteps.RetentionOf(grain), limit, term, cancellationToken))
            {
                Kept = string.Join(
                    ", ",
                    Enum.GetValues<RollupGrain>().Select(kept => $"by {kept.ToString().ToLowerInvariant()} {RollupSteps.RetentionOf(kept).Days} days")),
            });
        }

        return services;
    }
}
