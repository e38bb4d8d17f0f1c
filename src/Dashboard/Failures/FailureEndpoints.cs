using System.ComponentModel;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Failures;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Failures;

/// <summary>Stored refusals and events in the API.</summary>
internal static class FailureEndpoints
{
    public static void MapFailures(this IEndpointRouteBuilder routes)
    {
        routes.MapRefusals();
        routes.MapGet("/dashboard/failures/{requestId}", GetAsync)
            .WithTags("Failures")
            .WithName("GetFailure")
            .RequireAuthorization(Policies.ReadTokens);
        routes.MapGet("/dashboard/events", ListAsync)
            .WithTags("Failures")
            .WithName("ListEvents")
            .RequireAuthorization(Policies.ReadKeys);
    }

    /// <summary>Gives the stored report of a refused request.</summary>
    [Refuses(ErrorCode.NotFound)]
    internal static async Task<Results<Ok<FailureJson>, ProblemResult>> GetAsync(
        string requestId,
        HttpContext context,
        EventLog events,
        AuditLog audit,
        ClaimMask mask,
        CancellationToken cancellationToken)
    {
        if (await events.FindByRequestAsync(requestId, cancellationToken) is not { } failure)
        {
            return Problems.Create(
                ErrorCode.NotFound,
                "Nothing is stored under this reference: it was mistyped, its retention has ended, or it was one of a flood, of "
                + "which only the first are kept.");
        }

        await audit.RecordReadAsync(
            new AuditEntry(context.Actor(), "failure.read", "failure", requestId), cancellationToken);
        return TypedResults.Ok(FailureJson.Of(failure, context.User.Role(), mask));
    }

    /// <summary>Lists events of one token or kind.</summary>
    internal static async Task<Results<Ok<PageJson<FailureJson>>, ProblemResult>> ListAsync(
        HttpContext context,
        EventLog events,
        ClaimMask mask,
        [Description("One kind of events, such as token.refused.")] string? kind,
        [Description("The token that they are about.")] string? jti,
        string? cursor,
        int? limit,
        CancellationToken cancellationToken)
    {
        if (PageRules.RefusalOf(limit, cursor) is { } refusal)
        {
            return refusal;
        }

        var page = await events.ListAsync(new EventFilter(jti, kind), cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<FailureJson>.Of(page, item => FailureJson.Of(item, context.User.Role(), mask)));
    }
}
