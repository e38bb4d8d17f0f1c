using Dashboard.Controls;

namespace Dashboard.Tokens;

internal static class TokenPageServices
{
    /// <summary>Registers what the pages and endpoints of tokens need beyond the core and the shell.</summary>
    public static IServiceCollection AddTokenPages(this IServiceCollection services)
    {
        services.AddScoped<TokenRevoker>();
        services.AddScoped<TokenExporter>();
        services.AddSingleton<SingleRevocation>();
        services.AddScoped<IPaletteSource, TokenPaletteSource>();
        return services;
    }
}
