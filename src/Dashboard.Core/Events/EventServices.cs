using Dashboard.Core.Events.Redis;
using Dashboard.Core.Events.Sqlite;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Events;

internal static class EventServices
{
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<EventOptions, EventOptionsValidator>()
            .BindConfiguration(EventOptions.Section);
        services.AddStore<IEventStore, SqliteEventStore, RedisEventStore>();
        services.AddSingleton(provider => new EventLog(
            provider.GetRequiredService<IEventStore>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<EventLog>>()));
        services.AddHostedService(provider => provider.GetRequiredService<EventLog>());
        return services;
    }
}
