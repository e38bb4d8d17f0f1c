using Dashboard.Core.Primitives;
using Dashboard.Core.Webhooks;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Webhooks;

/// <summary>What was sent to a webhook, in the API.</summary>
internal static class WebhookDeliveryEndpoints
{
    /// <summary>Lists what was sent to a webhook, the newest first.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<PageJson<WebhookDeliveryJson>>, ProblemResult>> ListAsync(
        string id,
        WebhookAdministration webhooks,
        WebhookDeliveries deliveries,
        string? cursor,
        int? limit,
        CancellationToken cancellationToken)
    {
        if (PageRules.RefusalOf(limit, cursor) is { } refusal)
        {
            return refusal;
        }

        return await webhooks.FindAsync(id, cancellationToken) is null
            ? WebhookRefusals.Of(new WebhookChange.Unknown())
            : TypedResults.Ok(PageJson<WebhookDeliveryJson>.Of(
                await deliveries.ListAsync(id, cursor, limit ?? PageLimit.Default, cancellationToken), WebhookDeliveryJson.Of));
    }

    /// <summary>Sends a test to a webhook now.</summary>
    /// <remarks>200 also where the test failed: it was carried out, and what came of it stands in the answer.</remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<WebhookDeliveryJson>, ProblemResult>> TestAsync(
        string id, HttpContext context, WebhookDeliveries deliveries, CancellationToken cancellationToken) =>
        await deliveries.TestAsync(id, context.Actor(), cancellationToken) switch
        {
            WebhookResend.Sent { Delivery: var sent } => TypedResults.Ok(WebhookDeliveryJson.Of(sent)),
            WebhookResend.Unknown => WebhookRefusals.Of(new WebhookChange.Unknown()),
            var refused => WebhookRefusals.Of(refused),
        };

    /// <summary>Sends a delivery again.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Accepted<WebhookDeliveryJson>, ProblemResult>> SendAgainAsync(
        string id,
        string delivery,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] SendWebhookAgainRequest? body,
        HttpContext context,
        WebhookDeliveries deliveries,
        CancellationToken cancellationToken) =>
        await deliveries.SendAgainAsync(id, delivery, body?.Reason?.Trim(), context.Actor(), cancellationToken) switch
        {
            WebhookResend.Sent { Delivery: var queued } => TypedResults.Accepted(
                $"/dashboard/webhooks/{queued.WebhookId}/deliveries", WebhookDeliveryJson.Of(queued)),
            var refused => WebhookRefusals.Of(refused),
        };
}
