using Dashboard.Controls;
using Dashboard.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Sessions;

internal static class SessionPageServices
{
    /// <summary>Registers what the pages of sessions need beyond the core and the shell.</summary>
    public static IServiceCollection AddSessionPages(this IServiceCollection services)
    {
        services.TryAddScoped<CurrentOperator>();
        services.AddScoped<SessionEnder>();
        services.AddScoped<IPaletteSource, SessionPaletteSource>();
        return services;
    }
}
