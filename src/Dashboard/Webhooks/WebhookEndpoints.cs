using Dashboard.Core.Webhooks;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Webhooks;

/// <summary>Webhooks in the management API. A signing secret is in the answer that made it, and nowhere else.</summary>
internal static class WebhookEndpoints
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/webhooks").WithTags("Webhooks").RequireAntiforgeryForCookies();
        group.MapGet("/", ListAsync).WithName("ListWebhooks").RequireAuthorization(Policies.ReadWebhooks);
        group.MapPost("/", CreateAsync).WithName("CreateWebhook").RequireAuthorization(Policies.ManageWebhooks);
        group.MapGet("/{id}", FindAsync).WithName("GetWebhook").RequireAuthorization(Policies.ReadWebhooks);
        group.MapPut("/{id}", ChangeAsync).WithName("ChangeWebhook").RequireAuthorization(Policies.ManageWebhooks);
        group.MapDelete("/{id}", DeleteAsync).WithName("DeleteWebhook").RequireAuthorization(Policies.ManageWebhooks);
        group.MapPost("/{id}/secret", RotateSecretAsync).WithName("RotateWebhookSecret").RequireAuthorization(Policies.ManageWebhooks);
        group.MapPost("/{id}/test", WebhookDeliveryEndpoints.TestAsync)
            .WithName("TestWebhook").RequireAuthorization(Policies.ManageWebhooks);
        group.MapGet("/{id}/deliveries", WebhookDeliveryEndpoints.ListAsync)
            .WithName("ListWebhookDeliveries").RequireAuthorization(Policies.ReadWebhooks);
        group.MapPost("/{id}/deliveries/{delivery}/retry", WebhookDeliveryEndpoints.SendAgainAsync)
            .WithName("SendWebhookAgain").RequireAuthorization(Policies.ManageWebhooks);
    }

    /// <summary>Lists the webhooks.</summary>
    /// <remarks>All of them on one page: people make them one by one.</remarks>
    internal static async Task<Ok<PageJson<WebhookJson>>> ListAsync(
        HttpContext context, WebhookAdministration webhooks, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (role, now) = (context.User.Role(), clock.GetUtcNow());
        WebhookJson[] items = [.. (await webhooks.ListAsync(cancellationToken)).Select(webhook => WebhookJson.Of(webhook, role, now))];
        return TypedResults.Ok(new PageJson<WebhookJson>(items, null, items.Length, false));
    }

    /// <summary>Gives one webhook.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<WebhookJson>, ProblemResult>> FindAsync(
        string id, HttpContext context, WebhookAdministration webhooks, TimeProvider clock, CancellationToken cancellationToken) =>
        await webhooks.FindAsync(id, cancellationToken) is { } webhook
            ? TypedResults.Ok(WebhookJson.Of(webhook, context.User.Role(), clock.GetUtcNow()))
            : WebhookRefusals.Of(new WebhookChange.Unknown());

    /// <summary>Adds a webhook. The secret that its deliveries are signed with is shown this once.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Created<WebhookJson>, ProblemResult>> CreateAsync(
        CreateWebhookRequest body,
        HttpContext context,
        WebhookAdministration webhooks,
        Creations creations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(context, body, cancellationToken, RepeatedCreation.OfWebhook);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await webhooks.CreateAsync(body.ToDraft(), body.Reason?.Trim(), context.Actor(), cancellationToken))
        {
            case WebhookChange.Changed created:
                await creation.MadeAsync(created.Webhook.Id);
                return TypedResults.Created(
                    $"/dashboard/webhooks/{created.Webhook.Id}", Shown(created, context, clock));
            case var refused:
                return WebhookRefusals.Of(refused);
        }
    }

    /// <summary>Replaces a webhook.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<WebhookJson>, ProblemResult>> ChangeAsync(
        string id,
        ChangeWebhookRequest body,
        HttpContext context,
        WebhookAdministration webhooks,
        TimeProvider clock,
        CancellationToken cancellationToken) =>
        await webhooks.ChangeAsync(id, body.ToDraft(), body.Version, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            WebhookChange.Changed changed => TypedResults.Ok(Shown(changed, context, clock)),
            var refused => WebhookRefusals.Of(refused),
        };

    /// <summary>Replaces the secret that deliveries are signed with. It is shown this once.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<WebhookJson>, ProblemResult>> RotateSecretAsync(
        string id,
        RotateWebhookSecretRequest body,
        HttpContext context,
        WebhookAdministration webhooks,
        Creations creations,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(context, body, cancellationToken, RepeatedCreation.OfWebhook);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await webhooks.RotateSecretAsync(id, body.Reason.Trim(), context.Actor(), cancellationToken))
        {
            case WebhookChange.Changed changed:
                await creation.MadeAsync(id);
                return TypedResults.Ok(Shown(changed, context, clock));
            case var refused:
                return WebhookRefusals.Of(refused);
        }
    }

    /// <summary>Deletes a webhook.</summary>
    /// <remarks>The reason is in the body or, for callers that cannot send one with DELETE, in the query.</remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string id,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] DeleteWebhookRequest? body,
        HttpContext context,
        WebhookAdministration webhooks,
        CancellationToken cancellationToken)
    {
        if (DeletionReasons.Of(body?.Reason, context.Request) is not { } reason)
        {
            return DeletionReasons.Missing();
        }

        return await webhooks.DeleteAsync(id, reason, context.Actor(), cancellationToken) is var change and not WebhookChange.Deleted
            ? WebhookRefusals.Of(change)
            : TypedResults.NoContent();
    }

    private static WebhookJson Shown(WebhookChange.Changed changed, HttpContext context, TimeProvider clock) =>
        WebhookJson.Of(changed.Webhook, context.User.Role(), clock.GetUtcNow()) with { Secret = changed.Secret };
}
