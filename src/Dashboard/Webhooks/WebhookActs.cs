using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Webhooks;

namespace Dashboard.Webhooks;

/// <summary>What administrators do with webhooks: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class WebhookActs(
    WebhookAdministration webhooks, WebhookDeliveries deliveries, Acts acts, Toasts toasts, TimeProvider clock)
{
    /// <summary>What became of a new webhook; null where none was tried.</summary>
    public Task<WebhookChange?> CreateAsync(WebhookDraft draft, CancellationToken cancellationToken) => acts.GuardAsync(
        async () => await acts.AskAsync(Right.ManageWebhooks, WebhookQuestions.Create(draft)) is ({ } who, { } reason)
            ? await webhooks.CreateAsync(draft, reason, who, cancellationToken)
            : null,
        Acts.Unconfirmed);

    /// <summary>What became of a change; null where none was tried.</summary>
    public Task<WebhookChange?> ChangeAsync(Webhook webhook, WebhookDraft draft, CancellationToken cancellationToken) => acts.GuardAsync(
        async () => await acts.AskAsync(Right.ManageWebhooks, WebhookQuestions.Change(webhook, draft)) is ({ } who, { } reason)
            ? await webhooks.ChangeAsync(webhook.Id, draft, webhook.Version, reason, who, cancellationToken)
            : null,
        Acts.Unconfirmed);

    /// <summary>The new secret; null where nothing was changed.</summary>
    public async Task<string?> RotateAsync(Webhook webhook, CancellationToken cancellationToken) => await acts.GuardAsync(
        async () => await acts.AskAsync(
            Right.ManageWebhooks, WebhookQuestions.Rotate(webhook, clock.GetUtcNow())) is ({ } who, { } reason)
            ? Told(await webhooks.RotateSecretAsync(webhook.Id, reason, who, cancellationToken))
            : null,
        Acts.Unconfirmed) is WebhookChange.Changed changed
            ? changed.Secret
            : null;

    /// <summary>True where it is gone.</summary>
    public async Task<bool> DeleteAsync(Webhook webhook, CancellationToken cancellationToken) => await acts.GuardAsync(
        async () => await acts.AskAsync(Right.ManageWebhooks, WebhookQuestions.Delete(webhook)) is ({ } who, { } reason)
            ? Told(await webhooks.DeleteAsync(webhook.Id, reason, who, cancellationToken), "The webhook is deleted.")
            : null,
        Acts.Unconfirmed) is WebhookChange.Deleted;

    /// <summary>The test message with what came of it; null where none was sent.</summary>
    public async Task<WebhookDelivery?> TestAsync(Webhook webhook, CancellationToken cancellationToken) => await acts.GuardAsync(
        async () => await acts.AskAsync(Right.ManageWebhooks, WebhookQuestions.Test(webhook)) is ({ } who, _)
            ? Told(await deliveries.TestAsync(webhook.Id, who, cancellationToken))
            : null,
        "Whether the test was sent is not certain.") is WebhookResend.Sent { Delivery: var sent }
            ? sent
            : null;

    public Task SendAgainAsync(WebhookDelivery delivery, CancellationToken cancellationToken) => acts.GuardAsync(
        async () => await acts.AskAsync(Right.ManageWebhooks, WebhookQuestions.SendAgain(delivery)) is ({ } who, _)
            ? Told(
                await deliveries.SendAgainAsync(delivery.WebhookId, delivery.Id, null, who, cancellationToken),
                "It is sent again within moments.")
            : null);

    private WebhookChange Told(WebhookChange change, string? success = null)
    {
        if (change is not (WebhookChange.Changed or WebhookChange.Deleted))
        {
            toasts.Error(WebhookRefusals.Describe(change));
        }
        else if (success is not null)
        {
            toasts.Success(success);
        }

        return change;
    }

    private WebhookResend Told(WebhookResend resend, string? success = null)
    {
        if (resend is not WebhookResend.Sent)
        {
            toasts.Error(WebhookRefusals.Describe(resend));
        }
        else if (success is not null)
        {
            toasts.Success(success);
        }

        return resend;
    }
}
