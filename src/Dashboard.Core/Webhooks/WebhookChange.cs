using Dashboard.Core.Primitives;

namespace Dashboard.Core.Webhooks;

/// <summary>What somebody asks for in a webhook.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Url">Where messages are posted.</param>
/// <param name="MinimumSeverity">Less urgent messages are not sent to it.</param>
/// <param name="Kinds">The kinds of alerts that it is told of; empty for all.</param>
/// <param name="IsEnabled">Whether it is told of anything.</param>
/// <param name="MayBePrivate">Whether it may be in our own network.</param>
public sealed record WebhookDraft(
    string Name, string Url, WebhookSeverity MinimumSeverity, IReadOnlyList<string> Kinds, bool IsEnabled, bool MayBePrivate)
{
    /// <summary>Without the address.</summary>
    public override string ToString() => Name;
}

/// <summary>What became of a webhook. Nothing changed unless it says so.</summary>
public abstract record WebhookChange
{
    private WebhookChange()
    {
    }

    /// <summary>It is so now.</summary>
    /// <param name="Webhook">As it was stored.</param>
    /// <param name="Secret">A new secret, shown this once; null where none was made.</param>
    public sealed record Changed(Webhook Webhook, string? Secret = null) : WebhookChange
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => Webhook.Id;
    }

    public sealed record Deleted(Webhook Webhook) : WebhookChange;

    public sealed record Unknown : WebhookChange;

    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : WebhookChange;

    /// <summary>There are as many as there may be.</summary>
    public sealed record TooMany(int Most) : WebhookChange;

    /// <summary>Somebody changed it since it was read.</summary>
    public sealed record Stale(Webhook Webhook) : WebhookChange;
}

/// <summary>What became of a delivery that a person asked for.</summary>
public abstract record WebhookResend
{
    private WebhookResend()
    {
    }

    /// <summary>It is on its way, or came to its end already.</summary>
    public sealed record Sent(WebhookDelivery Delivery) : WebhookResend;

    public sealed record Unknown : WebhookResend;

    /// <summary>It is sent at this moment.</summary>
    public sealed record Busy(WebhookDelivery Delivery) : WebhookResend;

    /// <summary>The webhook is disabled: nothing is sent to it.</summary>
    public sealed record Disabled(Webhook Webhook) : WebhookResend;
}
