using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Audit;

namespace Dashboard.Core.Webhooks;

/// <summary>Webhooks for the audit log.</summary>
internal static class WebhookAudit
{
    public static AuditEntry Of(Actor who, string action, Webhook? before, Webhook? after, string? reason) => new(
        who,
        action,
        "webhook",
        (after ?? before)!.Id,
        reason,
        before is null ? null : Describe(before),
        after is null ? null : Describe(after));

    /// <summary>Something that was done with a delivery.</summary>
    public static AuditEntry Of(Actor who, string action, WebhookDelivery delivery, string? reason) => new(
        who,
        action,
        "webhook",
        delivery.WebhookId,
        reason,
        After: AuditJson.Write(("delivery", delivery.Id), ("message", delivery.Message.Id)));

    // The address without what may be a secret of the receiver's; that it was changed shows all the same.
    private static string Describe(Webhook webhook) => AuditJson.Write(
        ("name", webhook.Name),
        ("url", webhook.ShownUrl),
        ("url_sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(webhook.Url)))[..16]),
        ("minimum_severity", webhook.MinimumSeverity.ToString()),
        ("kinds", webhook.Kinds is [] ? null : string.Join(' ', webhook.Kinds)),
        ("enabled", webhook.IsEnabled ? "true" : "false"),
        ("disabled_because", webhook.DisabledBecause),
        ("may_be_private", webhook.MayBePrivate ? "true" : null),
        ("secret_created_at", webhook.Secret.CreatedAt.ToString("O", System.Globalization.CultureInfo.InvariantCulture)));
}
