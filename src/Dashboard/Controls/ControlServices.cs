using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Controls;

internal static class ControlServices
{
    public static IServiceCollection AddControls(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<BrowserTime>();
        services.AddScoped<MinuteTicks>();
        services.AddScoped<Toasts>();
        services.AddScoped<Dialogs>();
        return services;
    }
}
