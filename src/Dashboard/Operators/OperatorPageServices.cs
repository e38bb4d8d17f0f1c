using Dashboard.Controls;

namespace Dashboard.Operators;

internal static class OperatorPageServices
{
    /// <summary>Registers what the pages of operators need beyond the core and the shell.</summary>
    public static IServiceCollection AddOperatorPages(this IServiceCollection services)
    {
        services.AddScoped<OperatorActs>();
        services.AddScoped<IPaletteSource, OperatorPaletteSource>();
        return services;
    }
}
