using Dashboard.Controls;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
using Radzen;

namespace Dashboard.App;

internal static class ShellServices
{
    /// <summary>Registers pages, circuits, and what the layouts need.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(Limit).AddHubOptions(Limit);
        services.AddCascadingAuthenticationState();
        services.AddRadzenComponents();
        services.AddControls();
        services.AddScoped<IPaletteSource, PagesPaletteSource>();
        return services.AddActs();
    }

    /// <summary>Registers what pages need to know who acts, and to ask them why.</summary>
    public static IServiceCollection AddActs(this IServiceCollection services) => services
        .AddScoped<CurrentOperator>()
        .AddScoped<Acts>()
        .AddScoped<ShareActs>();

    public static void MapShell(this WebApplication app)
    {
        // Before authentication: styles load even where the session store cannot be read.
        app.MapStaticAssets().ShortCircuit();
        app.MapRazorComponents<AppRoot>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'")
            .Add(PageMethods.Restrict);
    }

    // Circuits hold memory for people who may be gone: few, and not for long.
    private static void Limit(CircuitOptions options)
    {
        options.DetailedErrors = false;
        options.DisconnectedCircuitMaxRetained = 50;
        options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(1);
        options.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(10);
        options.MaxBufferedUnacknowledgedRenderBatches = 10;
    }

    private static void Limit(HubOptions options)
    {
        options.MaximumReceiveMessageSize = 32 * 1024;
        options.MaximumParallelInvocationsPerClient = 1;
        options.EnableDetailedErrors = false;
    }
}
