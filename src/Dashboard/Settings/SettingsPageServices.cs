using Dashboard.Core.Posture;

namespace Dashboard.Settings;

internal static class SettingsPageServices
{
    /// <summary>Registers what the settings page needs beyond the core and the shell, and the web's part of the posture.</summary>
    public static IServiceCollection AddSettingsPages(this IServiceCollection services)
    {
        services.AddSingleton<IPostureCheck, PlainHttpCheck>();
        services.AddSingleton<NodeReader>();
        services.AddSingleton<ScopeReader>();
        services.AddSingleton<SettingsSources>();
        services.AddScoped<SettingsExporter>();
        return services;
    }
}
