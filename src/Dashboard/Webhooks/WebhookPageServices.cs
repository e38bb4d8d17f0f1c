using Dashboard.Controls;

namespace Dashboard.Webhooks;

internal static class WebhookPageServices
{
    /// <summary>Registers what the pages of webhooks need beyond the core and the shell.</summary>
    public static IServiceCollection AddWebhookPages(this IServiceCollection services)
    {
        services.AddScoped<WebhookActs>();
        services.AddScoped<WebhookSources>();
        services.AddScoped<IPaletteSource, WebhookPaletteSource>();
        return services;
    }
}
