using Dashboard.Core.Webhooks;

namespace Dashboard.Webhooks;

/// <summary>A webhook as it is typed.</summary>
public sealed class WebhookForm
{
    public string Name { get; set; } = "";

    public string Url { get; set; } = "";

    public WebhookSeverity MinimumSeverity { get; set; }

    /// <summary>Kinds of alerts, separated by spaces, commas or lines.</summary>
    public string Kinds { get; set; } = "";

    public bool IsEnabled { get; set; } = true;

    public bool MayBePrivate { get; set; }

    public static WebhookForm Of(Webhook webhook) => new()
    {
        Name = webhook.Name,
        Url = webhook.Url,
        MinimumSeverity = webhook.MinimumSeverity,
        Kinds = string.Join(' ', webhook.Kinds),
        IsEnabled = webhook.IsEnabled,
        MayBePrivate = webhook.MayBePrivate,
    };

    public WebhookDraft ToDraft() =>
        new(Name.Trim(), Url.Trim(), MinimumSeverity, WebhookWords.SplitKinds(Kinds), IsEnabled, MayBePrivate);
}
