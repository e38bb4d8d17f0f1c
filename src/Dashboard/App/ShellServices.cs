using Dashboard.Controls;
using Radzen;

namespace Dashboard.App;

internal static class ShellServices
{
    /// <summary>Registers what the layouts need: the shared controls and the component library's own services.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRadzenComponents();
        services.AddControls();
        services.AddScoped<IPaletteSource, PagesPaletteSource>();
        return services;
    }
}
