using Dashboard.Controls;
using Dashboard.Core.Webhooks;

namespace Dashboard.Webhooks;

/// <summary>What an administrator is told and asked before webhooks change or something is sent to them.</summary>
internal static class WebhookQuestions
{
    public static ReasonQuestion Create(WebhookDraft draft) => new()
    {
        Title = "Make a webhook?",
        Named = $"{draft.Name} · {HostOf(draft.Url)}",
        Consequence = draft.IsEnabled
            ? "From now on alerts are sent there. Its signing secret is shown to you once."
            : "Nothing is sent there until you enable it. Its signing secret is shown to you once.",
        ActionLabel = "Make webhook",
        IsDestructive = false,
    };

    public static ReasonQuestion Change(Webhook webhook, WebhookDraft draft) => new()
    {
        Title = "Change this webhook?",
        Named = webhook.Name,
        Consequence = (webhook.IsEnabled, draft.IsEnabled) switch
        {
            (true, false) => "Nothing is sent to it any more until you enable it again.",
            (false, true) => "Alerts are sent to it again. What waits since less than two days is sent now.",
            _ => HostOf(webhook.Url) == HostOf(draft.Url)
                ? "What is sent from now on follows this, also what waits already."
                : $"What is sent from now on goes to {HostOf(draft.Url)}, also what waits already.",
        },
        Survives = "Its signing secret and what was sent.",
        ActionLabel = "Save changes",
        IsDestructive = webhook.IsEnabled && !draft.IsEnabled,
    };

    public static ReasonQuestion Rotate(Webhook webhook, DateTimeOffset now) => new()
    {
        Title = "Rotate the signing secret?",
        Named = webhook.Name,
        Consequence = "A new secret is shown to you once. For 24 hours messages are signed with both, so that the receiver can change over."
            + (webhook.PreviousSignsUntil(now) is null ? "" : " What still signs from an earlier rotation ends now."),
        ActionLabel = "Rotate secret",
        IsDestructive = false,
    };

    public static ReasonQuestion Delete(Webhook webhook) => new()
    {
        Title = "Delete this webhook?",
        Named = $"{webhook.Name} · {HostOf(webhook.Url)}",
        Consequence = "Nothing is sent to it any more, and its deliveries go with it, those under way too. This cannot be undone.",
        Survives = "What the audit log says of it.",
        ActionLabel = "Delete webhook",
    };

    public static ReasonQuestion Test(Webhook webhook) => new()
    {
        Title = "Send a test message?",
        Named = $"{webhook.Name} · {HostOf(webhook.Url)}",
        Consequence = "A message of the type signet.test is sent there once, signed as all messages are.",
        ActionLabel = "Send test",
        NeedsReason = false,
        IsDestructive = false,
    };

    public static ReasonQuestion SendAgain(WebhookDelivery delivery) => new()
    {
        Title = "Send this message again?",
        Named = $"{delivery.Message.Type} · {delivery.Message.Id}",
        Consequence = delivery.State is WebhookDeliveryState.Delivered
            ? "The receiver gets it once more with the same id, by which it can tell that it had it."
            : "It is attempted now, and if it fails again for about a day.",
        ActionLabel = "Send again",
        NeedsReason = false,
        IsDestructive = false,
    };

    private static string HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.IdnHost : url;
}
