using Dashboard.Core.Access;
using Dashboard.Core.Events;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Dashboard.Hosting;

/// <summary>
/// Answers callers who may not: programs with problem details, whichever scheme recognised them, people with the login
/// page or the error page.
/// </summary>
internal sealed class AccessAnswers(AccessControl access, EventLog events, TimeProvider clock) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(
        RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded)
        {
            return next(context);
        }

        if (authorizeResult.Challenged)
        {
            return context.ChallengeAsync(context.Request.IsNavigation ? Schemes.Session : Schemes.Bearer);
        }

        if (Landing.IsElsewhere(context.Request, context.User))
        {
            context.Response.SeeOther(Landing.OwnAccount);
            return Task.CompletedTask;
        }

        var problem = authorizeResult.AuthorizationFailure?.FailureReasons.OfType<StaleProof>().Any() is true
            ? Problems.StepUpRequired(access.ProofMaxAge)
            : RoleProblem(context, policy);
        events.Record(new SecurityEvent
        {
            At = clock.GetUtcNow(),
            Kind = EventKinds.AccessRefused,
            Outcome = EventOutcome.Refused,
            Code = problem.Code.Name,
            Subject = context.User.Identity?.Name,
            Session = context.User.FindFirst(SignetClaims.Session)?.Value,
            Origin = context.Origin(),
            Detail = problem.Detail,
        });
        if (context.Request.IsNavigation)
        {
            // Left empty: StatusAnswers shows the page for it.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return Problems.WriteAsync(context, problem);
    }

    private static ProblemResult RoleProblem(HttpContext context, AuthorizationPolicy policy) => Problems.RoleRequired(
        [.. policy.Requirements.OfType<RightRequirement>().SelectMany(needed => AccessTable.RolesWith(needed.Right)).Distinct()],
        context.User.FindFirst(SignetClaims.Role)?.Value);
}
