using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Webhooks;
using Dashboard.Hosting;

namespace Dashboard.Webhooks;

/// <summary>Finds webhooks by the beginning of their name or id.</summary>
internal sealed class WebhookPaletteSource(WebhookAdministration webhooks, CurrentOperator current) : IPaletteSource
{
    private const int Most = 5;

    public async Task<IReadOnlyList<PaletteItem>> FindAsync(string text, CancellationToken cancellationToken) =>
        text is "" || !await current.MayAsync(Right.ReadWebhooks)
            ? []
            : [.. (await webhooks.ListAsync(cancellationToken)).Where(webhook => IsMeant(webhook, text)).Take(Most).Select(ItemOf)];

    private static bool IsMeant(Webhook webhook, string text) =>
        webhook.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase) || webhook.Id.StartsWith(text, StringComparison.Ordinal);

    private static PaletteItem ItemOf(Webhook webhook) => new(
        webhook.Name, WebhookWords.StatusOf(webhook).Text, WebhooksAddress.OfWebhook(webhook.Id), "Webhooks");
}
