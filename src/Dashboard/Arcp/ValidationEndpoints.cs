using Dashboard.Core.Scopes;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Arcp;

/// <summary>Asks whether a token is good, and whether it is good for something.</summary>
internal static class ValidationEndpoints
{
    public static void MapValidation(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Validation").AllowAnonymous();

        group.MapPost("/auth/validate", ValidateAsync).WithName("Validate").WithBudget(RequestBudget.Validation);
        group.MapPost("/auth/authorize", AuthorizeAsync).WithName("Authorize").WithBudget(RequestBudget.Authorization);
    }

    internal static async Task<Results<Ok<ValidateAnswer>, ProblemResult>> ValidateAsync(
        ValidateRequest body, HttpContext context, TokenValidator validator, CancellationToken cancellationToken)
    {
        if (ScopesMember.FaultOf(body.Scopes, out var scopes) is { } fault)
        {
            return Problems.Invalid(fault);
        }

        if (body.IsForLiveKit && (body.Audience is not null || scopes is not []))
        {
            return Problems.Invalid(new ValidationError(
                body.Audience is null ? "scopes" : "audience", "must be left out with the profile livekit: its tokens have none"));
        }

        var asked = new ValidationContext
        {
            Use = body.IsForLiveKit ? TokenUse.LiveKit : TokenUse.Api,
            Audience = body.Audience,
            RequiredScopes = scopes,
            Fingerprint = body.Fingerprint ?? context.Request.SingleFingerprint(),
            IsHandedOn = true,
            AcceptsTrustedIssuers = true,
            Origin = context.Origin(),
        };
        return await validator.ValidateAsync(body.Token, asked, cancellationToken) switch
        {
            TokenVerdict.Accepted { Token: var token } => TypedResults.Ok(ValidateAnswer.Of(token)),
            TokenVerdict.Refused refused => Problems.From(refused),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    internal static async Task<Results<Ok<AuthorizeAnswer>, ProblemResult>> AuthorizeAsync(
        AuthorizeRequest body,
        HttpContext context,
        TokenValidator validator,
        ScopeHierarchy hierarchy,
        CancellationToken cancellationToken)
    {
        if ((body.Resource is null) == (body.Scopes is null))
        {
            return Problems.Invalid(new ValidationError("scopes", "is required, or resource in its place; only one of them"));
        }

        if (ScopesMember.FaultOf(body.Scopes, out var required) is { } fault)
        {
            return Problems.Invalid(fault);
        }

        if (body.Resource is { } resource)
        {
            if (hierarchy.FindResource(resource) is not { } needed)
            {
                return Problems.Invalid(new ValidationError("resource", "is not a configured protected resource"));
            }

            required = needed;
        }

        var asked = new ValidationContext
        {
            Audience = body.Audience,
            Fingerprint = body.Fingerprint ?? context.Request.SingleFingerprint(),
            IsHandedOn = true,
            AcceptsTrustedIssuers = true,
            Origin = context.Origin(),
        };
        return await validator.ValidateAsync(body.Token, asked, cancellationToken) switch
        {
            TokenVerdict.Accepted { Token.Scopes: var held } => TypedResults.Ok(AuthorizeAnswer.Of(hierarchy, held, required)),
            TokenVerdict.Refused refused => Problems.From(refused),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }
}
