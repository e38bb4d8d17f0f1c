using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Sessions;

/// <summary>Sessions in the API: list, look at, end one, end all of an operator. Whose, the core's register decides.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/sessions")
            .WithTags("Sessions")
            .RequireAntiforgeryForCookies()
            .RequireAuthorization(Policies.OwnAccount);

        group.MapGet("/", ListAsync).WithName("ListSessions").WithQuery(SessionQuery.Described);
        group.MapGet("/{name}", GetAsync).WithName("GetSession");
        group.MapDelete("/{name}", EndAsync).WithName("EndSession");
        group.MapDelete("/", EndAllAsync).WithName("EndSessions");
    }

    /// <summary>Lists sessions, the newest first.</summary>
    internal static async Task<Results<Ok<PageJson<SessionJson>>, ProblemResult>> ListAsync(
        HttpContext context,
        SessionRegister register,
        SessionDirectory directory,
        OperatorDirectory operators,
        string? cursor,
        int? limit,
        CancellationToken cancellationToken)
    {
        var query = SessionQuery.Read(name => context.Request.Query[name], out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (PageRules.RefusalOf(limit, cursor) is { } refusal)
        {
            return refusal;
        }

        var who = context.Actor();
        var page = await register.ListAsync(query.ToFilter(operators), who, cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<SessionJson>.Of(page, session => SessionJson.Of(session, who.Session, directory)));
    }

    /// <summary>Gives one session and what happened in it.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<SessionDetailJson>, ProblemResult>> GetAsync(
        string name,
        HttpContext context,
        SessionRegister register,
        SessionDirectory directory,
        SessionHistory history,
        CancellationToken cancellationToken)
    {
        var who = context.Actor();
        return await register.FindAsync(name, who, cancellationToken) is { } session
            ? TypedResults.Ok(new SessionDetailJson(
                SessionJson.Of(session, who.Session, directory), await history.ReadAsync(session, who, cancellationToken)))
            : NotFound();
    }

    /// <summary>Ends a session: its tokens and pages stop working at once.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<SessionEndAnswer>, ProblemResult>> EndAsync(
        string name,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] EndSessionRequest? body,
        HttpContext context,
        SessionRegister register,
        CancellationToken cancellationToken)
    {
        if (ActOf(body, context.Request, out var fault) is not { } act)
        {
            return Problems.Invalid(fault);
        }

        return await register.EndAsync(name, act, context.Actor(), context.Origin(), cancellationToken) switch
        {
            SessionEndOutcome.Ended { Session: var ended } => TypedResults.Ok(AnswerOf(ended, false)),
            SessionEndOutcome.Already { Session: var ended } => TypedResults.Ok(AnswerOf(ended, true)),
            SessionEndOutcome.Current => Problems.Create(
                ErrorCode.Conflict, "This is the session that the request belongs to. Log out to end it: POST /auth/logout."),
            SessionEndOutcome.Unknown => NotFound(),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    /// <summary>Ends all sessions of an operator, or of everybody but the caller.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<SessionsEndAnswer>, ProblemResult>> EndAllAsync(
        [Description("The user name of whose sessions; everybody’s but the caller’s own without it.")] string? @operator,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] EndSessionRequest? body,
        HttpContext context,
        SessionRegister register,
        OperatorDirectory operators,
        CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(@operator))
        {
            return Problems.Invalid(new ValidationError("operator", "is required: the user name whose sessions end"));
        }

        if (ActOf(body, context.Request, out var fault) is not { } act)
        {
            return Problems.Invalid(fault);
        }

        // Whoever may not end other people's sessions does not learn who exists either.
        var found = operators.FindByName(@operator);
        var ended = await register.EndAllAsync(found?.Id ?? "", act, context.Actor(), context.Origin(), cancellationToken);
        return found is null
            ? Problems.Create(ErrorCode.NotFound, "There is no operator of this name.")
            : TypedResults.Ok(new SessionsEndAnswer(ended, act.IsTrial));
    }

    // In the body or, for clients that cannot send one with DELETE, in the query.
    private static SessionEndAct? ActOf(EndSessionRequest? body, HttpRequest request, out ValidationError fault)
    {
        var reason = (body?.Reason ?? request.Query["reason"].ToString()).Trim();
        var isTrial = body?.DryRun is true || bool.TryParse(request.Query["dry_run"], out var asked) && asked;
        fault = new ValidationError(
            "reason", $"must be between {EndSessionRequest.ShortestReason} and {EndSessionRequest.LongestReason} characters");
        return isTrial || reason.Length is >= EndSessionRequest.ShortestReason and <= EndSessionRequest.LongestReason
            ? new SessionEndAct(reason, isTrial)
            : null;
    }

    private static SessionEndAnswer AnswerOf(Session session, bool already) =>
        new(session.Name, already, session.EndedAt, session.EndReason?.Code);

    private static ProblemResult NotFound() =>
        Problems.Create(ErrorCode.NotFound, "There is no session of this name, or it was purged after its retention.");
}

/// <summary>Why sessions end.</summary>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would end.</param>
public sealed record EndSessionRequest([property: StringLength(EndSessionRequest.LongestReason)] string? Reason, bool DryRun)
{
    internal const int ShortestReason = 3;
    internal const int LongestReason = 500;
}
