using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting;
using Dashboard.Hosting.Tokens;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Tokens;

/// <summary>The ledger in the API: list, look at, export, revoke one.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/tokens").WithTags("Tokens").RequireAntiforgeryForCookies();

        group.MapGet("/", ListAsync).WithName("ListTokens").WithQuery(TokenQuery.Described).RequireAuthorization(Policies.ReadTokens);
        group.MapGet("/export", ExportAsync).WithName("ExportTokens").WithQuery(TokenQuery.Described).RequireAuthorization(Policies.Export);
        group.MapGet("/{jti}", GetAsync).WithName("GetToken").RequireAuthorization(Policies.ReadTokens);
        group.MapPost("/{jti}/revocation", RevokeAsync).WithName("RevokeToken").RequireAuthorization(Policies.RevokeToken);
    }

    /// <summary>Lists issued tokens, the newest first.</summary>
    internal static async Task<Results<Ok<PageJson<TokenJson>>, ProblemResult>> ListAsync(
        HttpRequest request, TokenDirectory directory, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var filter = TokenQuery.Read(name => request.Query[name], out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (PageRules.RefusalOf(limit, cursor) is { } refusal)
        {
            return refusal;
        }

        var page = await directory.ListAsync(filter, cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<TokenJson>.Of(page, entry => TokenJson.Of(entry, directory)));
    }

    /// <summary>Gives one token with its claims and what happened to it.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<TokenDetailJson>, ProblemResult>> GetAsync(
        string jti,
        HttpContext context,
        TokenDirectory directory,
        TokenTimelines timelines,
        ClaimMask mask,
        CancellationToken cancellationToken)
    {
        if (await directory.FindAsync(jti, cancellationToken) is not { } entry)
        {
            return SingleRevocation.NotFound();
        }

        var timeline = await timelines.ReadAsync(entry, cancellationToken);
        return TypedResults.Ok(new TokenDetailJson(
            TokenJson.Of(entry, directory),
            mask.Apply(JsonSerializer.Deserialize<JsonElement>(entry.Claims), context.User.Role()),
            [.. timeline.Select(item => new TimelineJson(item.At, item.Moment, item.Detail, item.RequestId))]));
    }

    /// <summary>Exports issued tokens as a file.</summary>
    internal static async Task<Results<Export<TokenJson>, ProblemResult>> ExportAsync(
        HttpContext context,
        TokenDirectory directory,
        AuditLog audit,
        string? format,
        string? reason,
        CancellationToken cancellationToken)
    {
        var filter = TokenQuery.Read(name => context.Request.Query[name], out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (ExportRules.RefusalOf(format, reason) is { } refusal)
        {
            return refusal;
        }

        await audit.RecordReadAsync(
            new AuditEntry(context.Actor(), "tokens.exported", "ledger", TokensAddress.QueryOf(filter), reason), cancellationToken);
        return TokenExport.Of(directory, filter, ExportRules.Parse(format)!.Value);
    }

    /// <summary>Revokes one token.</summary>
    /// <remarks>Twice is once: the second call is told when it was revoked.</remarks>
    [Refuses(ErrorCode.NotFound)]
    internal static Task<Results<Ok<RevocationAnswer>, ProblemResult>> RevokeAsync(
        string jti, RevokeTokenRequest body, HttpContext context, SingleRevocation revocation, CancellationToken cancellationToken) =>
        revocation.RevokeAsync(jti, body.Reason, body.DryRun, context, cancellationToken);
}

/// <summary>Why a token is revoked.</summary>
/// <param name="Reason">Why, for the audit log.</param>
/// <param name="DryRun">True to hear only what would be reached.</param>
public sealed record RevokeTokenRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason, bool DryRun);
