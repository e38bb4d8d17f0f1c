using Dashboard.Core.Agents;
using Dashboard.Core.Throttling;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Core.Tokens;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Dashboard.Arcp;

/// <summary>Where an agent with a key begins: it gets a token that lets it register, and nothing else.</summary>
internal static class AgentTokenEndpoints
{
    private const int LargestBody = 4 * 1024;

    public static void MapAgentTokens(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/auth").WithTags("ARCP").WithBudget(RequestBudget.Agents);

        group.MapPost("/agent/request_temp_token", RequestAsync)
            .WithName("RequestTempToken")
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        group.MapPost("/temp-token", RequestAsync)
            .WithName("RequestTempTokenAlias")
            .AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        group.MapPost("/agent/validate_compliance", RefuseCompliance)
            .WithName("ValidateCompliance")
            .RequireBearerOf(TokenKind.AgentTemp)
            .WithOwnBody();
    }

    /// <summary>Gives an agent a token to register with, good for 15 minutes and for that agent alone.</summary>
    [Refuses(ErrorCode.InvalidAgentKey, ErrorCode.AgentRegistrationFailed, ErrorCode.RateLimited)]
    internal static async Task<Results<Ok<TempTokenAnswer>, ProblemResult>> RequestAsync(
        TempTokenRequest body,
        HttpContext context,
        AgentTokens tokens,
        IOptions<ThrottlingOptions> throttling,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (Check(body) is { } problem)
        {
            return problem;
        }

        var agentId = body.AgentId!;
        return await tokens.RequestTempAsync(agentId, body.AgentType!, body.AgentKey!, context.Origin(), cancellationToken) switch
        {
            TempTokenOutcome.Granted granted => TypedResults.Ok(new TempTokenAnswer(
                granted.Token,
                "bearer",
                (long)granted.ExpiresIn.TotalSeconds,
                "Temporary token issued. Use it to register the agent.")),
            TempTokenOutcome.WrongKey => Problems.Create(ErrorCode.InvalidAgentKey, $"Invalid agent key for agent '{agentId}'"),
            TempTokenOutcome.Throttled { Wait: var wait } =>
                Problems.LoginThrottled(wait, throttling.Value.AddressFailures, clock.GetUtcNow()),
            TempTokenOutcome.TypeNotAllowed => Problems.Create(
                ErrorCode.AgentRegistrationFailed,
                new AgentRegistrationOutcome.TypeNotAllowed().Describe(agentId),
                ("agent_id", agentId)),
            TempTokenOutcome.Invalid { Fault: var fault } => Problems.Invalid([fault]),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    // ARCP's clients go on without the validation of their endpoints where they read "not enabled".
    /// <summary>Always refused: registration has two phases here.</summary>
    /// <remarks>ARCP’s clients read the refusal and go on with the two.</remarks>
    [Refuses(ErrorCode.TprDisabled)]
    internal static ProblemResult RefuseCompliance() =>
        Problems.Create(ErrorCode.TprDisabled, "Three-phase registration is not enabled");

    private static ProblemResult? Check(TempTokenRequest body) => body switch
    {
        _ when string.IsNullOrEmpty(body.AgentId) || string.IsNullOrEmpty(body.AgentType) || string.IsNullOrEmpty(body.AgentKey) =>
            Problems.Create(
                ErrorCode.InvalidInput,
                "Invalid agent credentials: agent_id, agent_type, and agent_key are required for temporary token request",
                ("field", "agent credentials")),
        { AgentKey.Length: < AgentKeySecrets.Shortest } => Problems.Create(
            ErrorCode.InvalidInput,
            $"Invalid agent_key: agent_key too short (minimum {AgentKeySecrets.Shortest} characters required)",
            ("field", "agent_key")),
        { AgentKey.Length: > AgentKeySecrets.Longest } => Problems.Create(
            ErrorCode.InvalidInput,
            $"Invalid agent_key: agent_key too long (at most {AgentKeySecrets.Longest} characters)",
            ("field", "agent_key")),
        _ when !AgentRules.IsId(body.AgentId) => Problems.Invalid(new ValidationError("agent_id", AgentRules.RuleOfIds)),
        _ => null,
    };
}

/// <summary>Who is to register, as what, and the key that lets it.</summary>
public sealed record TempTokenRequest(string? AgentId, string? AgentType, string? AgentKey)
{
    /// <summary>Without the key.</summary>
    public override string ToString() => nameof(TempTokenRequest);
}

internal sealed record TempTokenAnswer(string TempToken, string TokenType, long ExpiresIn, string Message)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(TempTokenAnswer);
}
