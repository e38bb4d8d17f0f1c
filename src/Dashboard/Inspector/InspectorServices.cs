using Dashboard.Controls;
using Dashboard.Inspector.Errors;

namespace Dashboard.Inspector;

internal static class InspectorServices
{
    public static IServiceCollection AddInspector(this IServiceCollection services) =>
        services.AddScoped<IPaletteSource, LibraryErrorPaletteSource>();
}
