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

        group.MapPost(Token, TokenEndpoint.HandleAsync).WithName("Token").WithBudget(RequestBudget.Tokens).WithPublicCors();
        group.MapPost(Revoke, RevocationEndpoint.HandleAsync).WithName("Revoke").WithBudget(RequestBudget.Tokens).WithPublicCors();
        group.MapPost(Introspect, IntrospectionEndpoint.HandleAsync).WithName("Introspect").WithBudget(RequestBudget.Introspection);
        group.MapPost(Revocations, RevocationFeedEndpoint.HandleAsync).WithName("Revocations").WithBudget(RequestBudget.ResourceServers);
        group.MapPost(Presentations, PresentationsEndpoint.HandleAsync)
            .WithName("Presentations")
            .WithBudget(RequestBudget.ResourceServers)
            .WithMetadata(new RequestSizeLimitAttribute(PresentationsEndpoint.LargestBody));
    }
}
