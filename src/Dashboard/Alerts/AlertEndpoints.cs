using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Alerts;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Alerts;

/// <summary>Alerts, mutes and rules in the management API.</summary>
internal static class AlertEndpoints
{
    public static void MapAlerts(this IEndpointRouteBuilder routes)
    {
        var alerts = routes.MapGroup("/dashboard/alerts").WithTags("Alerts").RequireAntiforgeryForCookies();
        alerts.MapGet("/", ListAsync).WithName("ListAlerts").WithQuery(AlertQuery.Described).RequireAuthorization(Policies.ReadAlerts);
        alerts.MapGet("/{id}", FindAsync).WithName("GetAlert").RequireAuthorization(Policies.ReadAlerts);
        alerts.MapPost("/{id}/acknowledgement", AcknowledgeAsync).WithName("AcknowledgeAlert").RequireAuthorization(Policies.ManageAlerts);
        alerts.MapGet("/mutes", ListMutesAsync).WithName("ListAlertMutes").RequireAuthorization(Policies.ReadAlerts);
        alerts.MapPost("/mutes", MuteAsync).WithName("MuteAlerts").RequireAuthorization(Policies.ManageAlerts);
        alerts.MapDelete("/mutes", UnmuteAsync).WithName("UnmuteAlerts").RequireAuthorization(Policies.ManageAlerts);

        var rules = routes.MapGroup("/dashboard/alert-rules").WithTags("Alerts").RequireAntiforgeryForCookies();
        rules.MapGet("/", AlertRuleEndpoints.ListAsync).WithName("ListAlertRules").RequireAuthorization(Policies.ReadAlerts);
        rules.MapGet("/{id}", AlertRuleEndpoints.FindAsync).WithName("GetAlertRule").RequireAuthorization(Policies.ReadAlerts);
        rules.MapPost("/", AlertRuleEndpoints.CreateAsync).WithName("CreateAlertRule").RequireAuthorization(Policies.ManageAlerts);
        rules.MapPost("/preview", AlertRuleEndpoints.TryAsync).WithName("TryAlertRule").RequireAuthorization(Policies.ManageAlerts);
        rules.MapPut("/{id}", AlertRuleEndpoints.UpdateAsync).WithName("ChangeAlertRule").RequireAuthorization(Policies.ManageAlerts);
        rules.MapDelete("/{id}", AlertRuleEndpoints.DeleteAsync).WithName("DeleteAlertRule").RequireAuthorization(Policies.ManageAlerts);
    }

    /// <summary>Lists alerts, the newest first.</summary>
    internal static async Task<Results<Ok<PageJson<AlertJson>>, ProblemResult>> ListAsync(
        HttpContext context, AlertBook book, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var query = AlertQuery.Read(name => context.Request.Query[name].ToString(), out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (PageRules.RefusalOf(limit, cursor) is { } refusal)
        {
            return refusal;
        }

        var page = await book.ListAsync(query.ToFilter(), cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<AlertJson>.Of(page, AlertJson.Of));
    }

    /// <summary>Gives one alert.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<AlertJson>, ProblemResult>> FindAsync(
        string id, AlertBook book, CancellationToken cancellationToken) =>
        await book.FindAsync(id, cancellationToken) is { } alert
            ? TypedResults.Ok(AlertJson.Of(alert))
            : Problems.Create(ErrorCode.NotFound, AlertRefusals.UnknownAlert);

    /// <summary>Says that somebody looks after an alert.</summary>
    /// <remarks>Twice is once: the second call is told who was first.</remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<AlertJson>, ProblemResult>> AcknowledgeAsync(
        string id, AlertReasonRequest body, HttpContext context, AlertBook book, CancellationToken cancellationToken) =>
        await book.AcknowledgeAsync(id, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            AlertAcknowledgement.Done { Alert: var alert } => TypedResults.Ok(AlertJson.Of(alert)),

            // Asked for twice is done once; it says who was first.
            AlertAcknowledgement.Already { Alert: var alert } => TypedResults.Ok(AlertJson.Of(alert)),
            AlertAcknowledgement.Unknown unknown => Problems.Create(ErrorCode.NotFound, AlertRefusals.Describe(unknown)),
            var refused => Problems.Create(ErrorCode.Conflict, AlertRefusals.Describe(refused)),
        };

    /// <summary>Lists what nobody is told of for a while.</summary>
    /// <remarks>All of them on one page: people make them one by one.</remarks>
    internal static async Task<Ok<PageJson<AlertMuteJson>>> ListMutesAsync(AlertBook book, CancellationToken cancellationToken)
    {
        AlertMuteJson[] items = [.. (await book.ReadMutesAsync(cancellationToken)).Select(AlertMuteJson.Of)];
        return TypedResults.Ok(new PageJson<AlertMuteJson>(items, null, items.Length, false));
    }

    /// <summary>Mutes a kind of alerts, or those about one thing, for a while.</summary>
    internal static async Task<Results<Ok<AlertMuteJson>, ProblemResult>> MuteAsync(
        MuteAlertsRequest body, HttpContext context, AlertBook book, CancellationToken cancellationToken) =>
        await book.MuteAsync(body.Kind, body.Key, body.Until!.Value, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            AlertMuting.Done { Mute: var mute } => TypedResults.Ok(AlertMuteJson.Of(mute)),
            AlertMuting.Invalid { Faults: var faults } => Problems.Invalid(faults),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };

    /// <summary>Ends a mute before its time.</summary>
    /// <remarks>For callers that cannot send a body with DELETE, its members are read from the query.</remarks>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<NoContent, ProblemResult>> UnmuteAsync(
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] UnmuteAlertsRequest? body,
        HttpContext context,
        AlertBook book,
        CancellationToken cancellationToken)
    {
        var query = context.Request.Query;
        var kind = body?.Kind ?? query["kind"].ToString();
        if (DeletionReasons.Of(body?.Reason, context.Request) is not { } reason)
        {
            return DeletionReasons.Missing();
        }

        if (kind is "")
        {
            return Problems.Invalid(new ValidationError("kind", "is required"));
        }

        return await book.UnmuteAsync(kind, body?.Key ?? query["key"].ToString(), reason, context.Actor(), cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Create(ErrorCode.NotFound, AlertRefusals.UnknownMute);
    }
}

/// <summary>Why something is done.</summary>
public sealed record AlertReasonRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason);

/// <summary>Lets nobody be told of some alerts for a while.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Key">About what; absent for all of the kind.</param>
/// <param name="Until">From when on one is told again; at most 90 days from now.</param>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record MuteAlertsRequest(
    [property: Required, StringLength(100)] string Kind,
    [property: StringLength(300)] string? Key,
    [property: Required] DateTimeOffset? Until,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason);

/// <summary>Ends a mute. For callers that cannot send a body with DELETE, the same members are read from the query.</summary>
public sealed record UnmuteAlertsRequest(string? Kind, string? Key, string? Reason);
