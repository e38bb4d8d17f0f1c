using System.Diagnostics.Metrics;
using Dashboard.Core.Events;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Telemetry;

internal static class TelemetryServices
{
    public static IServiceCollection AddMeters(this IServiceCollection services) => services
        .AddSingleton(provider => new SignetMeters(provider.GetService<IMeterFactory>()))
        .AddSingleton<StoreMeters>()
        .AddSingleton(provider => new EventMeters(
            provider.GetRequiredService<SignetMeters>(), provider.GetRequiredService<EventLog>()));
}
