using Dashboard.Core.Live;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Webhooks;

/// <summary>Where messages for webhooks are handed in. What is in it survives everything that the store survives.</summary>
public sealed class WebhookOutbox
{
    private readonly IWebhookStore _webhooks;
    private readonly IWebhookDeliveryStore _deliveries;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal WebhookOutbox(IWebhookStore webhooks, IWebhookDeliveryStore deliveries, IChangeFeed feed, TimeProvider clock) =>
        (_webhooks, _deliveries, _feed, _clock) = (webhooks, deliveries, feed, clock);

    /// <summary>
    /// Puts a message on its way to every enabled webhook that wants it. Handing in the same message again adds nothing but
    /// what is missing, so whoever is not sure does it again.
    /// </summary>
    /// <returns>How many deliveries were added.</returns>
    /// <exception cref="ArgumentException">The message cannot be sent.</exception>
    /// <exception cref="StoreUnavailableException">It was not put on its way, or nobody knows whether it was.</exception>
    public async Task<int> EnqueueAsync(WebhookMessage message, CancellationToken cancellationToken)
    {
        WebhookMessage.Check(message);
        var now = _clock.GetUtcNow().CutToMilliseconds();
        List<WebhookDelivery> wanted =
        [
            .. (await _webhooks.ReadAsync(cancellationToken))
                .Where(webhook => webhook.Wants(message))
                .Select(webhook => WebhookDelivery.Of(webhook, message with { At = message.At.CutToMilliseconds() }, now)),
        ];
        if (wanted is [])
        {
            return 0;
        }

        var added = await _deliveries.AddAsync(wanted, null, cancellationToken);
        foreach (var delivery in wanted)
        {
            _feed.Publish(new Change(ChangeKind.Webhooks, delivery.WebhookId));
        }

        return added;
    }
}
