using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Arcp;

/// <summary>Minting as ARCP's administrators do it.</summary>
internal static class MintEndpoint
{
    public static void MapArcpMint(this IEndpointRouteBuilder routes) => routes
        .MapPost("/tokens/mint", MintAsync)
        .WithTags("ARCP")
        .WithName("MintForAgent")
        .RequireAuthorization(policy => policy
            .AddAuthenticationSchemes(Schemes.Bearer)
            .RequireAuthenticatedUser()
            .AddRequirements(new RightRequirement(Right.ManageTokens)));

    /// <summary>Mints a token in the form that ARCP’s clients ask for.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Ok<MintAnswer>, ProblemResult>> MintAsync(
        MintForAgentRequest body, HttpContext context, TokenIssuer issuer, Creations creations, CancellationToken cancellationToken)
    {
        await using var creation = await creations.BeginAsync(context, body, cancellationToken);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        var request = new TokenRequest
        {
            Kind = TokenKind.Minted,
            Subject = body.UserId,
            AgentId = body.AgentId,
            Role = body.Role ?? "user",
            Scopes = body.Scopes is { } scopes ? [.. scopes.OfType<string>()] : [],
            Audience = body.Aud,
            Who = context.Actor(),
            Origin = context.Origin(),
            Audited = true,
        };
        switch (await issuer.IssueAsync(request, cancellationToken))
        {
            case TokenIssueOutcome.Issued issued:
                await creation.MadeAsync(issued.TokenId);
                return TypedResults.Ok(new MintAnswer(issued.Token, "bearer", (long)issued.Lifetime.TotalSeconds));
            case TokenIssueOutcome.Invalid { Faults: var faults }:
                return Problems.Invalid([.. faults.Select(fault => new ValidationError(NameOf(fault.Field), fault.Message))]);
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    private static string NameOf(string field) => field switch
    {
        "subject" => "user_id",
        "audience" => "aud",
        _ => field,
    };
}

/// <summary>What ARCP's minting takes; members that it knows and that mean nothing here are ignored.</summary>
public sealed record MintForAgentRequest(
    [property: Required, StringLength(100, MinimumLength = 2)]
    [property: RegularExpression("^[A-Za-z0-9_@.-]+$", ErrorMessage = "must consist of letters, digits and _ @ . -")]
    string UserId,
    [property: Required, StringLength(100, MinimumLength = 3)]
    [property: RegularExpression("^[A-Za-z0-9_-]+$", ErrorMessage = "must consist of letters, digits and _ -")]
    string AgentId,
    [property: ScopeList] string?[]? Scopes,
    [property: RegularExpression("^(user|admin|agent)$", ErrorMessage = "must be user, admin or agent")] string? Role,
    [property: StringLength(255)] string? Aud);

internal sealed record MintAnswer(string AccessToken, string TokenType, long ExpiresIn);
