using Dashboard.Controls;
using Dashboard.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Tokens;

internal static class TokenPageServices
{
    /// <summary>Registers what the pages of tokens and minting need beyond the core and the shell.</summary>
    public static IServiceCollection AddTokenPages(this IServiceCollection services)
    {
        services.TryAddScoped<CurrentOperator>();
        services.AddScoped<TokenRevoker>();
        services.AddScoped<IPaletteSource, TokenPaletteSource>();
        return services;
    }
}
