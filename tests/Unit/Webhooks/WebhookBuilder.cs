using Dashboard.Core.Audit;
using Dashboard.Core.Webhooks;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Webhooks;

/// <summary>Webhooks, messages and deliveries as tests need them.</summary>
internal static class WebhookBuilder
{
    public static readonly DateTimeOffset Start = LedgerRows.Start;

    public static Webhook Webhook(string id = "wh_1") => new()
    {
        Id = id,
        Name = "On-call chat",
        Url = "https://hooks.example.com/signet?key=1",
        Secret = new WebhookSecret([1, 2, 3], Start, null),
        CreatedBy = "alice",
        CreatedAt = Start,
    };

    public static WebhookMessage Message(
        string id = "msg_1", string kind = "refresh_replay", WebhookSeverity severity = WebhookSeverity.Critical) =>
        new(id, "alert.opened", kind, severity, Start, "{\"text\":\"\\u00e9\\u0000 \\\"quoted\\\"\"}");

    public static WebhookDelivery Delivery(string id = "msg_1", string webhook = "wh_1", TimeSpan later = default) =>
        WebhookDelivery.Of(Webhook(webhook), Message(id), Start + later);

    public static AuditEntry Entry() => new(Actor.Signet, "webhook.changed", "webhook", "wh_1");
}
