using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Dashboard.Core.Events;
using Dashboard.Core.Sharing;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace Dashboard.Sharing;

/// <summary>Shared reports in the API. The secret of a link is in the answer that made it, and nowhere else.</summary>
internal static class ShareEndpoints
{
    private const string Nowhere = "There is no such report: it is mistyped, its time is over, or it was ended.";

    public static void MapSharing(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard").WithTags("Sharing").RequireAntiforgeryForCookies().RequireAuthorization(Policies.ReadTokens);
        group.MapPost("/failures/{requestId}/share", ShareFailureAsync).WithName("ShareFailure");
        group.MapGet("/shared", ListAsync).WithName("ListSharedReports");
        group.MapGet("/shared/{id}", OpenAsync).WithName("OpenSharedReport");
        group.MapDelete("/shared/{id}", EndAsync).WithName("EndSharedReport");
    }

    /// <summary>Shares a redacted report of a refused request by a link that ends.</summary>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict)]
    internal static async Task<Results<Created<ShareJson>, ProblemResult>> ShareFailureAsync(
        string requestId,
        [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] ShareRequest? body,
        HttpContext context,
        EventLog events,
        ReportShares shares,
        CancellationToken cancellationToken)
    {
        if (LifetimeOf(body) is not { } lifetime)
        {
            return Problems.Invalid(new ValidationError("lifetime", "must be 3600, 86400 or 604800 seconds"));
        }

        if (await events.FindByRequestAsync(requestId, cancellationToken) is not { } failure)
        {
            return Problems.Create(
                ErrorCode.NotFound, "Nothing is stored under this reference: it was mistyped, or its retention has ended.");
        }

        if (SharedReport.Of(failure) is not { } report)
        {
            return Problems.Create(ErrorCode.NotFound, "No report was stored with this refusal, so there is nothing to share.");
        }

        return await shares.ShareAsync(report, requestId, lifetime, context.Actor(), cancellationToken) switch
        {
            ShareOutcome.Made shared => TypedResults.Created(
                $"/dashboard/shared/{shared.Secret}", ShareJson.Of(shared.Share) with { Link = $"/shared/{shared.Secret}" }),
            ShareOutcome.TooMany { Most: var most } => Problems.Create(
                ErrorCode.Conflict, $"You share {most} reports already, which is as many as anybody may. End some of them first."),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    /// <summary>Lists the reports that are shared.</summary>
    internal static async Task<Ok<PageJson<ShareJson>>> ListAsync(HttpContext context, ReportShares shares, CancellationToken cancellationToken)
    {
        ShareJson[] items = [.. (await shares.ListAsync(context.Actor(), cancellationToken)).Select(ShareJson.Of)];
        return TypedResults.Ok(new PageJson<ShareJson>(items, null, items.Length, false));
    }

    /// <summary>Opens a shared report.</summary>
    /// <param name="id">The secret of the link: what names a share opens nothing.</param>
    /// <param name="context">Who opens it.</param>
    /// <param name="shares">What is shared.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<ShareJson>, ProblemResult>> OpenAsync(
        string id, HttpContext context, ReportShares shares, CancellationToken cancellationToken) =>
        await shares.OpenAsync(id, context.Actor(), cancellationToken) is { } opened
            ? TypedResults.Ok(ShareJson.Of(opened.Share) with
            {
                At = opened.Report.At,
                Endpoint = opened.Report.Endpoint,
                Report = JsonSerializer.SerializeToElement(opened.Report.Report, ReportJson.Options),
            })
            : Problems.Create(ErrorCode.NotFound, Nowhere);

    /// <summary>Ends a share before its time.</summary>
    /// <param name="id">What names the share, and not the secret of its link.</param>
    /// <param name="context">Who ends it.</param>
    /// <param name="shares">What is shared.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<NoContent, ProblemResult>> EndAsync(
        string id, HttpContext context, ReportShares shares, CancellationToken cancellationToken) =>
        await shares.EndAsync(id, context.Actor(), cancellationToken)
            ? TypedResults.NoContent()
            : Problems.Create(ErrorCode.NotFound, Nowhere);

    private static TimeSpan? LifetimeOf(ShareRequest? body)
    {
        var lifetime = body?.Lifetime is { } seconds ? TimeSpan.FromSeconds(seconds) : ReportShares.DefaultLifetime;
        return ReportShares.Lifetimes.Contains(lifetime) ? lifetime : null;
    }
}

/// <summary>Shares the report of a refusal.</summary>
/// <param name="Lifetime">Seconds that the link works: 3600, 86400 or 604800; absent for a day.</param>
public sealed record ShareRequest([property: Range(0, 604_800)] long? Lifetime);

/// <summary>A shared report.</summary>
internal sealed record ShareJson(
    string Id,
    ShareSource Source,
    string? Reference,
    string? Code,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>The path of the page that shows it; in the answer that made it alone.</summary>
    public string? Link { get; init; }

    /// <summary>When the token was judged; where the report was opened.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What refused it; where the report was opened, and is one of a refusal.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The redacted report; where it was opened.</summary>
    public JsonElement? Report { get; init; }

    public static ShareJson Of(ReportShare share) =>
        new(share.Id, share.Source, share.Reference, share.Code, share.CreatedBy, share.CreatedAt, share.ExpiresAt);
}
