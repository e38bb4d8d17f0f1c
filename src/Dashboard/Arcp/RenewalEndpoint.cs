using Dashboard.Core.Agents;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Tokens;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Arcp;

/// <summary>
/// Another token for whoever has one that is still good: an agent for its registration, an operator for their session, neither
/// beyond its end.
/// </summary>
internal static class RenewalEndpoint
{
    public static void MapTokenRenewal(this IEndpointRouteBuilder routes) => routes
        .MapPost("/tokens/refresh", RenewAsync)
        .WithTags("ARCP")
        .WithName("RenewToken")
        .RequireBearerOf(TokenKind.Agent, TokenKind.Operator)
        .WithBudget(RequestBudget.Refresh)
        .WithOwnBody();

    /// <summary>Gives a new token for one that is still valid.</summary>
    [Refuses(ErrorCode.SessionInvalid, ErrorCode.SubjectDisabled)]
    internal static async Task<Results<Ok<RenewedTokenAnswer>, ProblemResult>> RenewAsync(
        HttpContext context, AgentTokens agents, ApiLogin operators, CancellationToken cancellationToken)
    {
        var token = context.AcceptedToken();
        var issued = token.Kind is TokenKind.Agent
            ? await agents.RenewAsync(token, context.Origin(), cancellationToken)
            : await operators.RenewAsync(token, context.Origin(), cancellationToken);
        return issued is not null ? TypedResults.Ok(new RenewedTokenAnswer(issued.Token, "bearer"))
            : token.Kind is TokenKind.Agent
            ? Problems.Create(ErrorCode.SubjectDisabled, "Token refresh failed: the agent is not registered any more")
            : Problems.Create(ErrorCode.SessionInvalid, "Token refresh failed: the session of this token has ended");
    }
}

internal sealed record RenewedTokenAnswer(string AccessToken, string TokenType)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => TokenType;
}
