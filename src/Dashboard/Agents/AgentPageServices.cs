using Dashboard.Controls;

namespace Dashboard.Agents;

internal static class AgentPageServices
{
    /// <summary>Registers what the pages of agents need beyond the core and the shell.</summary>
    public static IServiceCollection AddAgentPages(this IServiceCollection services)
    {
        services.AddScoped<AgentActs>();
        services.AddScoped<AgentSources>();
        services.AddScoped<IPaletteSource, AgentPaletteSource>();
        return services;
    }
}
