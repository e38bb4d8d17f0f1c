using System.ComponentModel.DataAnnotations;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Keys;

/// <summary>Trusted issuers in the API: how their keys are, and fetching them now.</summary>
internal static class IssuerEndpoints
{
    public static void MapIssuers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/issuers").WithTags("Keys").RequireAntiforgeryForCookies();

        group.MapGet("/", List).WithName("ListIssuers").RequireAuthorization(Policies.ReadKeys);
        group.MapPost("/{name}/refresh", RefreshAsync).WithName("RefreshIssuer").RequireAuthorization(Policies.ManageKeys);
    }

    /// <summary>Lists the trusted issuers and how their keys are.</summary>
    /// <remarks>All on one page: they come from the settings, and are few.</remarks>
    internal static Ok<PageJson<TrustedIssuerHealth>> List(TrustedIssuers issuers)
    {
        var all = issuers.List();
        return TypedResults.Ok(new PageJson<TrustedIssuerHealth>(all, null, all.Count, false));
    }

    /// <summary>Fetches the keys of a trusted issuer now.</summary>
    /// <remarks>200 also where the keys cannot be had: the request was carried out, and the failure stands in the answer.</remarks>
    [Refuses(ErrorCode.NotFound, ErrorCode.Conflict, ErrorCode.RateLimited)]
    internal static async Task<Results<Ok<IssuerRefreshJson>, ProblemResult>> RefreshAsync(
        string name, RefreshIssuerRequest body, HttpContext context, TrustedIssuers issuers, CancellationToken cancellationToken) =>
        await issuers.RefreshAsync(name, body.Reason.Trim(), context.Actor(), cancellationToken) switch
        {
            IssuerRefresh.Fetched { Health: var health } => TypedResults.Ok(new IssuerRefreshJson(true, health)),
            IssuerRefresh.Failed { Health: var health } => TypedResults.Ok(new IssuerRefreshJson(false, health)),
            IssuerRefresh.TooSoon { Wait: var wait } => Problems.RateLimited(
                wait, $"The keys of this issuer were asked for a moment ago. {Problems.TryAgain(wait)}"),
            IssuerRefresh.NothingToFetch => Problems.Create(
                ErrorCode.Conflict, "The key of this issuer is in the settings: there is nothing to fetch."),
            IssuerRefresh.Unknown => Problems.Create(ErrorCode.NotFound, "No trusted issuer has this name."),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
}

/// <summary>Why the keys are fetched now.</summary>
/// <param name="Reason">Why, for the audit log.</param>
public sealed record RefreshIssuerRequest([property: Required, StringLength(500, MinimumLength = 3)] string Reason);

/// <summary>What came of it, and how the keys are now.</summary>
internal sealed record IssuerRefreshJson(bool Fetched, TrustedIssuerHealth Issuer);
