using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting;
using Dashboard.Hosting.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Tokens;

/// <summary>Revoking many tokens at once: by cut-off or by filter, with a preview and progress.</summary>
internal static class RevocationEndpoints
{
    public static void MapRevocations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/tokens/revocations")
            .WithTags("Tokens")
            .RequireAntiforgeryForCookies();

        group.MapPost("/", StartAsync).WithName("RevokeTokens").RequireAuthorization(Policies.ManageTokens);
        group.MapGet("/{id}", GetAsync).WithName("GetRevocation").RequireAuthorization(Policies.WatchRevocations);
        group.MapDelete("/{id}", CancelAsync).WithName("CancelRevocation").RequireAuthorization(Policies.WatchRevocations);
    }

    /// <summary>Revokes many tokens by a filter or a cut-off, or one that was found somewhere.</summary>
    /// <remarks>
    /// With dry_run it says what that would reach. Large ones go on by themselves: 202, and Location tells how far they
    /// are.
    /// </remarks>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<PreviewJson>, Accepted<RevocationJson>, Ok<RevocationAnswer>, ProblemResult>> StartAsync(
        RevokeTokensRequest body,
        HttpContext context,
        TokenRevocations revocations,
        SingleRevocation single,
        CancellationToken cancellationToken)
    {
        if (body is { Token: { } token, Filter: null, CutOff: null })
        {
            return (await single.RevokeTokenAsync(token, body.Reason, body.DryRun, context, cancellationToken)).Result switch
            {
                Ok<RevocationAnswer> answer => answer,
                var refusal => (ProblemResult)refusal,
            };
        }

        if (Plan(body, out var faults) is not { } plan)
        {
            return Problems.Invalid(faults);
        }

        var preview = await revocations.PreviewAsync(plan.Filter, cancellationToken);
        if (body.DryRun)
        {
            return TypedResults.Ok(PreviewJson.Of(preview));
        }

        var reason = body.Reason.Trim();
        var revocation = plan.Scope is RevocationScope.Filter
            ? await revocations.RevokeMatchingAsync(plan.Filter, reason, context.Actor(), cancellationToken)
            : await revocations.CutOffAsync(
                plan.Scope, plan.Value, body.CutOff?.IssuedBefore, reason, context.Actor(), cancellationToken);
        return TypedResults.Accepted(
            $"/dashboard/tokens/revocations/{revocation.Id}", RevocationJson.Of(revocation, PreviewJson.Of(preview)));
    }

    /// <summary>Tells how far a revocation is.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<RevocationJson>, ProblemResult>> GetAsync(
        string id, TokenRevocations revocations, CancellationToken cancellationToken) =>
        await revocations.FindAsync(id, cancellationToken) is { } revocation
            ? TypedResults.Ok(RevocationJson.Of(revocation, null))
            : NotFound();

    /// <summary>Stops a revocation that is still going on. What it revoked stays revoked.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Ok<RevocationJson>, ProblemResult>> CancelAsync(
        string id, HttpContext context, TokenRevocations revocations, CancellationToken cancellationToken)
    {
        if (await revocations.FindAsync(id, cancellationToken) is null)
        {
            return NotFound();
        }

        return await revocations.CancelAsync(id, context.Actor(), cancellationToken)
            ? TypedResults.Ok(RevocationJson.Of((await revocations.FindAsync(id, cancellationToken))!, null))
            : Problems.Create(ErrorCode.Conflict, "This revocation is no longer running. What it revoked stays revoked.");
    }

    private static RevocationPlan? Plan(RevokeTokensRequest body, out IReadOnlyList<ValidationError> faults)
    {
        if (body.Token is not null || (body.Filter is null) == (body.CutOff is null))
        {
            faults = [new ValidationError("filter", "is required, or cut_off or token in its place; only one of them")];
            return null;
        }

        return body.CutOff is { } cutOff ? RevocationPlan.Of(cutOff, out faults) : RevocationPlan.Of(body.Filter!, out faults);
    }

    private static ProblemResult NotFound() => Problems.Create(ErrorCode.NotFound, "There is no revocation with this id.");
}

/// <summary>What to revoke and why.</summary>
/// <param name="Filter">The members of the tokens list's query, at least one of them.</param>
/// <param name="CutOff">One rule for everything of a subject, client, key or session; instead of a filter.</param>
/// <param name="Token">One token itself, as it was found somewhere; instead of both.</param>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would be reached.</param>
public sealed record RevokeTokensRequest(
    Dictionary<string, string?>? Filter,
    CutOffRequest? CutOff,
    string? Token,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason,
    bool DryRun)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => nameof(RevokeTokensRequest);
}
