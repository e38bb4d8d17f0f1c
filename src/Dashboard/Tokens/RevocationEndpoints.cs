using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Tokens;

/// <summary>Revoking many tokens at once: by cut-off or by filter, with a preview and progress.</summary>
internal static class RevocationEndpoints
{
    public static void MapRevocations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/tokens/revocations")
            .WithTags("Tokens")
            .RequireAntiforgeryForCookies()
            .RequireAuthorization(Policies.ManageTokens);

        group.MapPost("/", StartAsync).WithName("RevokeTokens");
        group.MapGet("/{id}", GetAsync).WithName("GetRevocation");
        group.MapDelete("/{id}", CancelAsync).WithName("CancelRevocation");
    }

    internal static async Task<Results<Ok<PreviewJson>, Accepted<RevocationJson>, ProblemResult>> StartAsync(
        RevokeTokensRequest body, HttpContext context, TokenRevocations revocations, CancellationToken cancellationToken)
    {
        if (Plan(body, out var problem) is not { } plan)
        {
            return problem!;
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

    internal static async Task<Results<Ok<RevocationJson>, ProblemResult>> GetAsync(
        string id, TokenRevocations revocations, CancellationToken cancellationToken) =>
        await revocations.FindAsync(id, cancellationToken) is { } revocation
            ? TypedResults.Ok(RevocationJson.Of(revocation, null))
            : NotFound();

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

    private static RevocationPlan? Plan(RevokeTokensRequest body, out ProblemResult? problem)
    {
        problem = null;
        if ((body.Filter is null) == (body.CutOff is null))
        {
            problem = Problems.Invalid(new ValidationError("filter", "give either filter or cut_off"));
            return null;
        }

        if (body.CutOff is { } cutOff)
        {
            return PlanCutOff(cutOff, out problem);
        }

        var filter = TokenQuery.Read(name => body.Filter!.GetValueOrDefault(name), out var faults);
        problem = faults is not [] ? TokenEndpoints.Invalid(faults)
            : filter is { Status: null or TokenStatus.Live, RevokedFrom: null } ? null
            : Problems.Invalid(new ValidationError("filter.status", "must be live or absent: only live tokens can be revoked"));
        return problem is null ? new RevocationPlan(RevocationScope.Filter, "", filter) : null;
    }

    private static RevocationPlan? PlanCutOff(CutOffRequest cutOff, out ProblemResult? problem)
    {
        problem = null;
        if (!Enum.TryParse<RevocationScope>(cutOff.Scope, ignoreCase: true, out var scope)
            || scope is RevocationScope.Token or RevocationScope.Filter
            || int.TryParse(cutOff.Scope, CultureInfo.InvariantCulture, out _))
        {
            problem = Problems.Invalid(new ValidationError("cut_off.scope", "must be subject, client, key, session or all"));
            return null;
        }

        var value = cutOff.Value ?? "";
        if ((scope is RevocationScope.All) != (value is ""))
        {
            problem = Problems.Invalid(new ValidationError("cut_off.value", "is required, except for all, which takes none"));
            return null;
        }

        var filter = TokenRevocations.FilterOf(scope, value);
        return new RevocationPlan(scope, value, cutOff.IssuedBefore is { } before ? filter with { IssuedTo = before } : filter);
    }

    private static ProblemResult NotFound() => Problems.Create(ErrorCode.NotFound, "There is no revocation with this id.");

    private sealed record RevocationPlan(RevocationScope Scope, string Value, LedgerFilter Filter);
}

/// <summary>What to revoke and why.</summary>
/// <param name="Filter">The members of the tokens list's query; null with a cut-off.</param>
/// <param name="CutOff">One rule for everything of a subject, client, key or session; null with a filter.</param>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would be reached.</param>
public sealed record RevokeTokensRequest(
    Dictionary<string, string?>? Filter,
    CutOffRequest? CutOff,
    [property: Required, StringLength(500, MinimumLength = 3)] string Reason,
    bool DryRun);

/// <summary>One rule: everything of this kind and value, issued until a time.</summary>
public sealed record CutOffRequest([property: Required] string Scope, [property: StringLength(255)] string? Value, DateTimeOffset? IssuedBefore);

/// <summary>What a revocation would reach. Callers that ask Signet are stopped at once; a copy could pass at APIs that
/// validate offline until the last expiry.</summary>
internal sealed record PreviewJson(
    long Matched, long Clients, long Subjects, bool IsCapped, DateTimeOffset? OfflineUntil)
{
    public static PreviewJson Of(RevocationPreview preview) =>
        new(preview.Tokens, preview.Clients, preview.Subjects, preview.IsCapped, preview.LastExpiryAt);
}

internal sealed record RevocationJson(
    string Id,
    RevocationScope Scope,
    string? Value,
    RevocationState State,
    long RevokedTokens,
    DateTimeOffset RevokedAt,
    string RevokedBy,
    string Reason,
    PreviewJson? Preview)
{
    public static RevocationJson Of(TokenRevocation revocation, PreviewJson? preview) => new(
        revocation.Id,
        revocation.Scope,
        revocation.Value is "" ? null : revocation.Value,
        revocation.State,
        revocation.RevokedTokens,
        revocation.Stamp.At,
        revocation.Stamp.By,
        revocation.Stamp.Reason,
        preview);
}
