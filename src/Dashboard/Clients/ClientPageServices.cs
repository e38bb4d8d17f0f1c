using Dashboard.Clients.Registration;
using Dashboard.Controls;

namespace Dashboard.Clients;

internal static class ClientPageServices
{
    /// <summary>Registers what the pages of clients need beyond the core and the shell.</summary>
    public static IServiceCollection AddClientPages(this IServiceCollection services)
    {
        services.AddScoped<ClientActs>();
        services.AddScoped<RegistrationActs>();
        services.AddScoped<ClientTokens>();
        services.AddScoped<ClientSources>();
        services.AddScoped<IPaletteSource, ClientPaletteSource>();
        return services;
    }
}
