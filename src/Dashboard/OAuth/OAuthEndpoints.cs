using Dashboard.Core.Throttling.Budgets;
using Dashboard.Hosting;
using Dashboard.OAuth.ResourceServers;
using Microsoft.AspNetCore.Mvc;

namespace Dashboard.OAuth;

/// <summary>What clients call with their own credentials (RFC 6749, 7009, 7662), and what APIs call with theirs.</summary>
internal static class OAuthEndpoints
{
    public const string Token = "/oauth/token";
    public const string Introspect = "/oauth/introspect";
    public const string Revoke = "/oauth/revoke";

    public const string Revocations = "/oauth/revocations";
    public const string Presentations = "/oauth/presentations";

    private const int LargestBody = 64 * 1024;

    public static void MapOAuth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("")
            .WithTags("OAuth")
            .AllowAnonymous()
            .WithOAuthErrors()
            .WithOwnBody()
            .AddEndpointFilter<RouteGroupBuilder, RefusalRecord>()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody));

        group.MapPost(Token, TokenEndpoint.HandleAsync)
            .WithName("Token")
            .WithBudget(RequestBudget.Tokens)
            .WithPublicCors()
            .WithCredentials(Credentials.Client, Credentials.Nothing)
            .WithForm([.. OAuthFormFields.OfToken, .. OAuthFormFields.OfClient])
            .Produces<TokenAnswer>();
        group.MapPost(Revoke, RevocationEndpoint.HandleAsync)
            .WithName("Revoke")
            .WithBudget(RequestBudget.Tokens)
            .WithPublicCors()
            .WithCredentials(Credentials.Client, Credentials.Nothing)
            .WithForm([.. OAuthFormFields.OfTokenAsked, .. OAuthFormFields.OfClient])
            .Produces(StatusCodes.Status200OK);
        group.MapPost(Introspect, IntrospectionEndpoint.HandleAsync)
            .WithName("Introspect")
            .WithBudget(RequestBudget.Introspection)
            .WithCredentials(Credentials.Client, Credentials.OperatorToken)
            .WithForm([.. OAuthFormFields.OfTokenAsked, .. OAuthFormFields.OfClient])
            .Produces<IntrospectionJson>();
        group.MapPost(Revocations, RevocationFeedEndpoint.HandleAsync)
            .WithName("Revocations")
            .WithBudget(RequestBudget.ResourceServers)
            .WithCredentials(Credentials.Client)
            .WithForm([.. OAuthFormFields.OfRevocations, .. OAuthFormFields.OfClient])
            .Produces<RevocationPageJson>();
        group.MapPost(Presentations, PresentationsEndpoint.HandleAsync)
            .WithName("Presentations")
            .WithBudget(RequestBudget.ResourceServers)
            .WithCredentials(Credentials.Client)
            .WithForm([.. OAuthFormFields.OfPresentations, .. OAuthFormFields.OfClient])
            .Produces(StatusCodes.Status204NoContent)
            .WithMetadata(new RequestSizeLimitAttribute(PresentationsEndpoint.LargestBody));
    }
}
