using Dashboard.Core.Access;
using Dashboard.Core.Webhooks;

namespace Dashboard.Webhooks;

/// <summary>A webhook as the API shows it.</summary>
internal sealed record WebhookJson(
    string Id,
    string Name,
    string Url,
    string MinimumSeverity,
    IReadOnlyList<string> Kinds,
    bool Enabled,
    string? DisabledBecause,
    bool MayBePrivate,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset SecretCreatedAt,
    DateTimeOffset? PreviousSecretSignsUntil,
    long Version)
{
    /// <summary>The signing secret, shown this once.</summary>
    public string? Secret { get; init; }

    /// <summary>As far as a role may see it: what stands behind the question mark of an address only those who may change it.</summary>
    public static WebhookJson Of(Webhook webhook, string? role, DateTimeOffset now) => new(
        webhook.Id,
        webhook.Name,
        AccessTable.Allows(role, Right.ManageWebhooks) ? webhook.Url : webhook.ShownUrl,
        WebhookWords.NameOf(webhook.MinimumSeverity),
        webhook.Kinds,
        webhook.IsEnabled,
        webhook.DisabledBecause,
        webhook.MayBePrivate,
        webhook.CreatedBy,
        webhook.CreatedAt,
        webhook.Secret.CreatedAt,
        webhook.PreviousSignsUntil(now),
        webhook.Version);

    /// <summary>Without address and secret.</summary>
    public override string ToString() => Id;
}

/// <summary>A delivery as the API shows it.</summary>
internal sealed record WebhookDeliveryJson(
    string Id,
    string MessageId,
    string Type,
    string Kind,
    string Severity,
    string State,
    DateTimeOffset CreatedAt,
    DateTimeOffset? NextAttemptAt,
    DateTimeOffset? EndedAt,
    string? GivenUpBecause,
    IReadOnlyList<WebhookAttemptJson> Attempts)
{
    public static WebhookDeliveryJson Of(WebhookDelivery delivery) => new(
        delivery.Id,
        delivery.Message.Id,
        delivery.Message.Type,
        delivery.Message.Kind,
        WebhookWords.NameOf(delivery.Message.Severity),
        WebhookWords.NameOf(delivery.State),
        delivery.CreatedAt,
        delivery.State is WebhookDeliveryState.Waiting ? delivery.DueAt : null,
        delivery.EndedAt,
        delivery.GivenUpBecause,
        [.. delivery.Attempts.Select(WebhookAttemptJson.Of)]);
}

/// <summary>An attempt as the API shows it.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">The status of the answer; absent where there was none.</param>
/// <param name="Fault">Why it failed; absent where it was delivered.</param>
/// <param name="DurationMs">How long it took.</param>
/// <param name="Answer">The beginning of the answer.</param>
internal sealed record WebhookAttemptJson(DateTimeOffset At, int? Status, string? Fault, long DurationMs, string Answer)
{
    public static WebhookAttemptJson Of(WebhookAttempt attempt) => new(
        attempt.At,
        attempt.Status,
        attempt.Fault,
        (long)attempt.Took.TotalMilliseconds,
        Controls.VisibleText.Escape(attempt.Answer));
}
