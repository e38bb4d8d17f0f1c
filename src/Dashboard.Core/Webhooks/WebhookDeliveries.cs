using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Webhooks.Sending;

namespace Dashboard.Core.Webhooks;

/// <summary>What was sent to webhooks and what became of it; and what a person has sent: a test, or something once more.</summary>
public sealed class WebhookDeliveries
{
    private readonly IWebhookStore _webhooks;
    private readonly IWebhookDeliveryStore _store;
    private readonly WebhookSender _sender;
    private readonly AccessControl _access;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal WebhookDeliveries(
        IWebhookStore webhooks,
        IWebhookDeliveryStore store,
        WebhookSender sender,
        AccessControl access,
        IChangeFeed feed,
        TimeProvider clock) =>
        (_webhooks, _store, _sender, _access, _feed, _clock) = (webhooks, store, sender, access, feed, clock);

    /// <summary>The deliveries of a webhook, newest first.</summary>
    public Task<Page<WebhookDelivery>> ListAsync(string webhookId, string? cursor, int limit, CancellationToken cancellationToken) =>
        _store.ListAsync(webhookId, cursor, limit, cancellationToken);

    /// <summary>How it goes with a webhook, by its newest deliveries.</summary>
    public async Task<WebhookHealth> ReadHealthAsync(string webhookId, CancellationToken cancellationToken) =>
        WebhookHealth.Of((await _store.ListAsync(webhookId, null, WebhookHealth.Looked, cancellationToken)).Items);

    /// <summary>
    /// Sends a test message now, from this node, on the way that all messages go, and says what came of it. It is attempted
    /// once, and to a disabled webhook too: one is tried out before it is enabled.
    /// </summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<WebhookResend> TestAsync(string webhookId, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageWebhooks);
        if (await _webhooks.FindAsync(webhookId, cancellationToken) is not { } webhook)
        {
            return new WebhookResend.Unknown();
        }

        var now = _clock.GetUtcNow().CutToMilliseconds();
        var delivery = WebhookDelivery.Of(webhook, TestMessage(webhook, now), now).ClaimedUntil(now + WebhookSender.Lease);
        if (await _store.AddAsync([delivery], WebhookAudit.Of(who, "webhook.tested", delivery, null), cancellationToken) is 0)
        {
            return new WebhookResend.Unknown();
        }

        _feed.Publish(new Change(ChangeKind.Audit, null));

        // Not given up with the caller: what has begun is recorded.
        return new WebhookResend.Sent(await _sender.SendAsync(delivery, CancellationToken.None));
    }

    /// <summary>Sends a delivery again that has come to its end, or one that waits, at once. The leader does, within moments.</summary>
    /// <exception cref="AccessRefusedException">The actor may not.</exception>
    public async Task<WebhookResend> SendAgainAsync(
        string webhookId, string deliveryId, string? reason, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.ManageWebhooks);
        if (await _webhooks.FindAsync(webhookId, cancellationToken) is not { } webhook
            || await _store.FindAsync(deliveryId, cancellationToken) is not { } found
            || found.WebhookId != webhookId)
        {
            return new WebhookResend.Unknown();
        }

        if (!webhook.IsEnabled)
        {
            return new WebhookResend.Disabled(webhook);
        }

        var now = _clock.GetUtcNow().CutToMilliseconds();
        if (found.State is WebhookDeliveryState.Sending && now < found.DueAt)
        {
            return new WebhookResend.Busy(found);
        }

        var queued = found with
        {
            State = WebhookDeliveryState.Waiting,
            QueuedAt = now,
            DueAt = now,
            Tries = 0,
            EndedAt = null,
            GivenUpBecause = null,
        };
        if (!await _store.ReplaceAsync(queued, WebhookAudit.Of(who, "webhook.sent_again", found, reason), cancellationToken))
        {
            return new WebhookResend.Busy(found);
        }

        await _feed.TellAsync(new Change(ChangeKind.Webhooks, webhookId), new Change(ChangeKind.Audit, null));
        return new WebhookResend.Sent(queued with { Version = queued.Version + 1 });
    }

    private static WebhookMessage TestMessage(Webhook webhook, DateTimeOffset now) => new(
        "test_" + Identifiers.NewId(),
        WebhookMessage.TestType,
        "test",
        WebhookSeverity.Information,
        now,
        WebhookBody.Of(
            WebhookMessage.TestType,
            now,
            new { webhook = webhook.Id, text = "This is a test: an administrator tries this webhook out." }));
}
