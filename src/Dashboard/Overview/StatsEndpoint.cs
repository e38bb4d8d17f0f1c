using Dashboard.Hosting;
using Dashboard.Hosting.Stats;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Overview;

/// <summary>The overview's numbers in the API.</summary>
internal static class StatsEndpoint
{
    public static void MapStats(this IEndpointRouteBuilder routes) => routes
        .MapGet("/dashboard/stats", GetAsync)
        .WithTags("Overview")
        .WithName("GetStats")
        .RequireAuthorization(Policies.ReadTokens);

    /// <summary>Gives the numbers of the overview.</summary>
    internal static async Task<Ok<StatsJson>> GetAsync(StatsReader stats, CancellationToken cancellationToken) =>
        TypedResults.Ok(await stats.ReadAsync(cancellationToken));
}
