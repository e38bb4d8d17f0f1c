using Dashboard.Controls;
using Dashboard.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Tokens;

internal static class TokenPageServices
{
    /// <summary>Registers what the pages and endpoints of tokens need beyond the core and the shell.</summary>
    public static IServiceCollection AddTokenPages(this IServiceCollection services)
    {
        services.TryAddScoped<CurrentOperator>();
        services.AddScoped<TokenRevoker>();
        services.AddSingleton<SingleRevocation>();
        services.AddScoped<IPaletteSource, TokenPaletteSource>();
        return services;
    }
}
