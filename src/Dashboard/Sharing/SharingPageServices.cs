using Dashboard.Controls;

namespace Dashboard.Sharing;

internal static class SharingPageServices
{
    public static IServiceCollection AddSharingPages(this IServiceCollection services) =>
        services.AddScoped<IPaletteSource, SharePaletteSource>();
}
