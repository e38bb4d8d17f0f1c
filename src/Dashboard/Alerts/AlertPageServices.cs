using Dashboard.App;
using Dashboard.Controls;

namespace Dashboard.Alerts;

internal static class AlertPageServices
{
    /// <summary>Registers what the pages of alerts need beyond the core and the shell, and their mark in the top bar.</summary>
    public static IServiceCollection AddAlertPages(this IServiceCollection services)
    {
        services.AddScoped<AlertActs>();
        services.AddScoped<IPaletteSource, AlertPaletteSource>();
        services.AddSingleton(new TopBarItem(typeof(AlertBadge)));
        return services;
    }
}
