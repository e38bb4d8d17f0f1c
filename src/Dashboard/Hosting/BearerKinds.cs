using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Hosting;

/// <summary>The kinds of tokens that an endpoint takes as a bearer; those of operators alone where it does not say.</summary>
internal sealed record BearerKinds(IReadOnlyList<TokenKind> Kinds)
{
    public static readonly BearerKinds OfOperators = new([TokenKind.Operator]);
}

internal static class BearerKindExtensions
{
    /// <summary>Requires a bearer token of one of these kinds; never a session's cookie.</summary>
    public static TBuilder RequireBearerOf<TBuilder>(this TBuilder builder, params TokenKind[] kinds)
        where TBuilder : IEndpointConventionBuilder => builder
        .WithMetadata(new BearerKinds(kinds))
        .RequireAuthorization(policy => policy.AddAuthenticationSchemes(Schemes.Bearer).RequireAuthenticatedUser());

    /// <summary>The token that a request was let in with; only for endpoints that require one.</summary>
    public static AcceptedToken AcceptedToken(this HttpContext context) =>
        context.Features.Get<AcceptedToken>() ?? throw new InvalidOperationException("The request has no bearer token.");
}
