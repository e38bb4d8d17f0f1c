using System.Text;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Dashboard.Core.Outbound;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Webhooks.Sending;

/// <summary>Makes one attempt at a delivery that was claimed, and records what came of it.</summary>
internal sealed class WebhookSender(
    IWebhookStore webhooks,
    IWebhookDeliveryStore deliveries,
    WebhookSecrets secrets,
    GuardedHttp http,
    IChangeFeed feed,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    ILogger<WebhookSender> logger)
{
    /// <summary>How long a delivery is its sender's: several times as long as an attempt can take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private const int Gone = 410;
    private const string GoneReason = "It answered 410: the receiver wants no more messages.";

    /// <summary>
    /// Sends a claimed delivery and returns it as it is then. Where another sender has it by now, because this one took longer
    /// than its lease, nothing is recorded.
    /// </summary>
    public async Task<WebhookDelivery> SendAsync(WebhookDelivery claimed, CancellationToken cancellationToken)
    {
        // Read for each attempt: it is the newest address, switch and secret that count.
        if (await webhooks.FindAsync(claimed.WebhookId, cancellationToken) is not { } webhook)
        {
            return claimed;
        }

        var now = Now();
        if (!webhook.IsEnabled && !claimed.IsTest)
        {
            return await RecordAsync(claimed with { State = WebhookDeliveryState.Waiting, DueAt = now }, cancellationToken);
        }

        if (now - claimed.QueuedAt > WebhookSchedule.LongestWait)
        {
            return await RecordAsync(
                WebhookSchedule.GiveUp(claimed, now, "It waited for too long while nothing could be sent."), cancellationToken);
        }

        var (attempt, retryAfter) = await PostAsync(webhook, claimed, now, cancellationToken);
        if (attempt.Status is Gone && webhook.IsEnabled)
        {
            // First: where this node dies in between, the delivery is attempted again and comes here again.
            await DisableAsync(webhook, cancellationToken);
        }

        return await RecordAsync(WebhookSchedule.After(claimed, attempt, retryAfter, Now()), cancellationToken);
    }

    private async Task<(WebhookAttempt Attempt, TimeSpan? RetryAfter)> PostAsync(
        Webhook webhook, WebhookDelivery delivery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mayBePrivate = webhook.MayBePrivate
            && Uri.TryCreate(webhook.Url, UriKind.Absolute, out var address)
            && options.Value.AllowsPrivate(address);
        var headers = WebhookSignature.HeadersOf(
            delivery.Message.Id,
            now,
            delivery.Message.Json,
            webhook.SecretsAt(now).Select(secret => secrets.Open(webhook.Id, secret)));
        var began = clock.GetTimestamp();
        var posted = await http.PostAsync(
            webhook.Url, Encoding.UTF8.GetBytes(delivery.Message.Json), headers, mayBePrivate, cancellationToken);
        return (
            new WebhookAttempt(now, posted.Status, posted.Fault, clock.GetElapsedTime(began), posted.Answer), posted.RetryAfter);
    }

    private async Task<WebhookDelivery> RecordAsync(WebhookDelivery after, CancellationToken cancellationToken)
    {
        if (!await deliveries.ReplaceAsync(after, null, cancellationToken))
        {
            logger.DeliveryLost(after.Id, after.WebhookId);
            return after;
        }

        if (after.State is WebhookDeliveryState.GivenUp)
        {
            logger.DeliveryGivenUp(after.Id, after.WebhookId, after.GivenUpBecause);
        }

        feed.Publish(new Change(ChangeKind.Webhooks, after.WebhookId));
        return after with { Version = after.Version + 1 };
    }

    private async Task DisableAsync(Webhook webhook, CancellationToken cancellationToken)
    {
        var disabled = webhook with { IsEnabled = false, DisabledBecause = GoneReason };
        var audit = WebhookAudit.Of(Actor.Signet, "webhook.disabled", webhook, disabled, GoneReason);

        // Where somebody changed it meanwhile, their address is another one and may want messages.
        if (await webhooks.ReplaceAsync(disabled, audit, cancellationToken))
        {
            logger.WebhookDisabled(webhook.Id);
            await feed.TellAsync(new Change(ChangeKind.Webhooks, webhook.Id), new Change(ChangeKind.Audit, null));
        }
    }

    private DateTimeOffset Now() => clock.GetUtcNow().CutToMilliseconds();
}
