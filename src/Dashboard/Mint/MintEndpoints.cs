using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Hosting;
using Dashboard.Hosting.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Mint;

/// <summary>Minting in the API.</summary>
internal static class MintEndpoints
{
    public static void MapMint(this IEndpointRouteBuilder routes) => routes
        .MapPost("/dashboard/tokens", MintAsync)
        .WithTags("Tokens")
        .WithName("MintToken")
        .RequireAntiforgeryForCookies()
        .RequireAuthorization(Policies.ManageTokens);

    /// <summary>Mints a token, for tests also one with a chosen defect. It is shown this once.</summary>
    [Refuses(ErrorCode.Conflict)]
    internal static async Task<Results<Ok<JsonElement>, Created<MintedJson>, ProblemResult>> MintAsync(
        MintRequest body, HttpContext context, TokenIssuer issuer, Creations creations, CancellationToken cancellationToken)
    {
        var form = new MintForm
        {
            Subject = body.Subject,
            Audience = body.Audience,
            ClientId = body.ClientId,
            Scopes = body.Scope,
            ExpiresIn = body.ExpiresIn,
            Algorithm = body.Algorithm,
            Claims = body.Claims?.GetRawText(),
            Defect = body.Defect,
        };
        if (MintRequests.Read(form, context.Actor(), out var faults) is not { } request)
        {
            return Invalid(faults);
        }

        if (body.DryRun && issuer.Preview(request) is { } claims)
        {
            return TypedResults.Ok(JsonSerializer.Deserialize<JsonElement>(claims));
        }

        await using var creation = await creations.BeginAsync(context, body, cancellationToken);
        if (creation.Refusal is { } refusal)
        {
            return refusal;
        }

        switch (await issuer.IssueAsync(
            request with { Origin = context.Origin(), Reason = body.Reason?.Trim() }, cancellationToken))
        {
            case TokenIssueOutcome.Issued issued:
                await creation.MadeAsync(issued.TokenId);
                return TypedResults.Created(
                    $"/dashboard/tokens/{issued.TokenId}",
                    new MintedJson(issued.Token, "bearer", (long)issued.Lifetime.TotalSeconds, issued.TokenId, issued.ExpiresAt));
            case TokenIssueOutcome.Invalid invalid:
                return Invalid(invalid.Faults);
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    private static ProblemResult Invalid(IReadOnlyList<FieldFault> faults) => Problems.Invalid(
        [.. faults.Select(fault => new ValidationError(MintRequests.NameOf(fault.Field), fault.Message))]);
}

/// <summary>A token to mint.</summary>
/// <param name="Subject">Whoever it speaks for.</param>
/// <param name="Audience">The API it is for; null for Signet's own audience.</param>
/// <param name="ClientId">The client it is for; null for none.</param>
/// <param name="Scope">Separated by spaces or commas.</param>
/// <param name="ExpiresIn">Seconds; null for the default.</param>
/// <param name="Algorithm">What it is signed with; null for the default.</param>
/// <param name="Claims">More claims, an object.</param>
/// <param name="Defect">What shall be wrong with it, for tests: <c>expired</c>, <c>not_yet_valid</c>,
/// <c>invalid_signature</c>, <c>wrong_audience</c>, <c>missing_claim:exp</c>.</param>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to see the claims without issuing anything.</param>
public sealed record MintRequest(
    [property: Required, StringLength(255)] string Subject,
    [property: StringLength(255)] string? Audience,
    [property: StringLength(255)] string? ClientId,
    [property: StringLength(5_000)] string? Scope,
    long? ExpiresIn,
    [property: StringLength(10)] string? Algorithm,
    JsonElement? Claims,
    string? Defect,
    [property: StringLength(500)] string? Reason,
    bool DryRun);
