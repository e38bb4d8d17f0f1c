using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting.Telemetry;

internal static class TelemetryServices
{
    /// <summary>Reads OpenTelemetry's own names of settings too.</summary>
    public static void UseTelemetryNames(this WebApplicationBuilder builder) => StandardNames.Use(builder.Configuration);

    public static IServiceCollection AddTelemetry(this IServiceCollection services)
    {
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsRules>();
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, LogCaps>();
        services.AddSingleton<DistributedContextPropagator, CallersTraces>();
        return services.AddSingleton<TelemetryExport>();
    }

    /// <summary>Begins to send, where settings say where to. Call after they were checked.</summary>
    public static void StartTelemetry(this WebApplication app) => app.Services.GetRequiredService<TelemetryExport>().Start();
}
