using Dashboard.Core.Events;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;

namespace Dashboard.Hosting;

/// <summary>
/// Answers callers who may not: programs with problem details, whichever scheme recognised them, people with the login
/// page or the error page.
/// </summary>
internal sealed class AccessAnswers(EventLog events, TimeProvider clock) : IAuthorizationMiddlewareResultHandler
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

        events.Record(new SecurityEvent
        {
            At = clock.GetUtcNow(),
            Kind = EventKinds.AccessRefused,
            Outcome = EventOutcome.Refused,
            Code = ErrorCode.InsufficientRole.Name,
            Subject = context.User.Identity?.Name,
            Origin = context.Origin(),
            Detail = "The role does not allow this.",
        });
        if (context.Request.IsNavigation)
        {
            // Left empty: StatusAnswers shows the page for it.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return Problems.WriteAsync(context, RoleProblem(context, policy));
    }

    private static ProblemResult RoleProblem(HttpContext context, AuthorizationPolicy policy)
    {
        var required = policy.Requirements.OfType<RolesAuthorizationRequirement>()
            .SelectMany(requirement => requirement.AllowedRoles)
            .ToList();
        var current = context.User.FindFirst(SignetClaims.Role)?.Value;
        return Problems.Create(
            ErrorCode.InsufficientRole,
            required is []
                ? "Your account may not do this."
                : $"This needs the role {string.Join(" or ", required)}; yours is {current ?? "none"}.",
            ("required_role", required is [] ? null : string.Join(' ', required)),
            ("current_role", current));
    }
}
