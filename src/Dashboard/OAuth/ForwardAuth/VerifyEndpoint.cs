using System.ComponentModel;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Microsoft.Extensions.Options;

namespace Dashboard.OAuth.ForwardAuth;

/// <summary>Answers reverse proxies that ask whether a request may go on to the API that they stand before.</summary>
internal static class VerifyEndpoint
{
    private static readonly IReadOnlyList<TokenKind> Kinds = [TokenKind.Access, TokenKind.Minted];

    public static void MapForwardAuth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("")
            .WithTags("OAuth")
            .AllowAnonymous()
            .WithOAuthErrors()
            .WithOwnBody()
            .WithMetadata(new JudgesBearerAttribute())
            .WithBudget(RequestBudget.ForwardAuth)
            .AddEndpointFilter<RouteGroupBuilder, VerifyRefusalRecord>();

        group.MapMethods("/verify", [HttpMethods.Get, HttpMethods.Post], HandleAsync)
            .WithName("Verify")
            .WithCredentials(Credentials.AccessToken)
            .WithHeader(
                new ApiValue("X-Forwarded-Host", "The host that was asked for, to find the protected resource by."),
                new ApiValue("X-Forwarded-Uri", "The path that was asked for."))
            .Produces<VerifiedJson>();

        // The same, under whatever path a proxy asks about.
        group.MapMethods(AskedTargets.Path, RequestRules.Methods, HandleAsync).WithName("VerifyTarget").ExcludeFromDescription();
    }

    /// <summary>Tells a reverse proxy whether a request may go on to the API behind it.</summary>
    /// <remarks>The proxy hands on the Authorization header of the request; 200 names the caller in headers.</remarks>
    [OAuthRefuses(401, "invalid_token")]
    [OAuthRefuses(403, "insufficient_scope")]
    internal static async Task<IResult> HandleAsync(
        [Description("Scopes that the token must have, separated by spaces.")] string? scope,
        HttpContext context,
        TokenValidator validator,
        ProtectedResources resources,
        IOptions<SignetOptions> signet,
        CancellationToken cancellationToken)
    {
        var needed = ScopeText.Split(scope);
        if (ScopeText.FaultOf(needed) is { } fault)
        {
            return OAuthRefusal.InvalidRequest($"The scope of the query {fault}.");
        }

        if (ForwardedRequest.FaultOf(context.Request, resources, out var resource) is { } refusal)
        {
            return refusal;
        }

        IReadOnlyList<string> required = [.. needed.Concat(resource?.Scopes ?? []).Distinct(StringComparer.Ordinal)];
        if (BearerToken.Of(context.Request) is not { } token)
        {
            return OAuthRefusal.TokenRequired(ChallengeOf(ErrorCode.AuthRequired, StatusCodes.Status401Unauthorized));
        }

        var asked = new ValidationContext
        {
            Audience = resource?.Resource,
            RequiredScopes = required,
            Kinds = Kinds,
            AcceptsTrustedIssuers = true,
            Fingerprint = context.Request.SingleFingerprint(),
            Origin = context.Origin(),
            Where = "verify",
        };
        switch (await validator.ValidateAsync(token, asked, cancellationToken))
        {
            case TokenVerdict.Accepted { Token: var accepted }:
                return VerifiedCaller.Answer(context, accepted, token, signet.Value);
            case TokenVerdict.Refused refused:
                var problem = Problems.From(refused).ShownTo(context);
                context.Response.Headers.WWWAuthenticate = ChallengeOf(problem.Code, problem.Status);
                return problem;
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }

        string? ChallengeOf(ErrorCode code, int status) => BearerChallenge.For(
            code,
            status,
            ("scope", required is [] ? null : ScopeText.Join(required)),
            ("resource_metadata", resource is null ? null : ResourceMetadata.AddressOf(resource)));
    }
}
