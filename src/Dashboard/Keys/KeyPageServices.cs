using Dashboard.Hosting.Keys;

namespace Dashboard.Keys;

internal static class KeyPageServices
{
    /// <summary>Registers what the pages of keys need beyond the core and the shell.</summary>
    public static IServiceCollection AddKeyPages(this IServiceCollection services)
    {
        services.AddScoped<KeyActs>();
        services.AddSingleton<KeySources>();
        return services;
    }
}
