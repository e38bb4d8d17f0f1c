namespace Dashboard.Core.Webhooks;

/// <summary>How it goes with a webhook, by its newest deliveries.</summary>
/// <param name="Last">The newest delivery; null where there is none.</param>
/// <param name="Failing">How many of the newest were given up or are attempted again.</param>
/// <param name="Counted">How many were looked at.</param>
public sealed record WebhookHealth(WebhookDelivery? Last, int Failing, int Counted)
{
    /// <summary>No more are looked at.</summary>
    public const int Looked = 20;

    internal static WebhookHealth Of(IReadOnlyList<WebhookDelivery> newest) =>
        new(newest is [var last, ..] ? last : null, newest.Count(delivery => delivery.IsFailing), newest.Count);
}
