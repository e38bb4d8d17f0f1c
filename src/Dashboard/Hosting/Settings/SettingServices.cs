using Dashboard.Hosting.Settings.Catalogue;

namespace Dashboard.Hosting.Settings;

internal static class SettingServices
{
    /// <summary>Registers what tells of settings; features of the web add the groups of their own.</summary>
    public static IServiceCollection AddEffectiveSettings(this IServiceCollection services)
    {
        services.AddSingleton<EffectiveSettings>();
        foreach (var group in ServerSettings.Groups
            .Concat(TokenSettings.Groups)
            .Concat(KeySettings.Groups)
            .Concat(ClientSettings.Groups)
            .Concat(PeopleSettings.Groups)
            .Concat(LimitSettings.Groups))
        {
            services.AddSingleton(group);
        }

        return services;
    }
}
