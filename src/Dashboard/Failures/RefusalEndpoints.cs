using Dashboard.Core.Access;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Failures;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Dashboard.Failures;

/// <summary>What the failures page shows, in the API: the refusals of a time, and how many there were.</summary>
internal static class RefusalEndpoints
{
    private const string ZoneName = "zone";
    private const string ByName = "by";

    public static void MapRefusals(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/dashboard/failures").WithTags("Failures").RequireAuthorization(Policies.ReadTokens);

        group.MapGet("/", ListAsync).WithName("ListFailures").WithQuery(FailureQuery.Described);
        group.MapGet("/counts", CountAsync).WithName("CountFailures").WithQuery(FailureQuery.Described).WithQuery(
            new ApiValue(ZoneName, "The time zone whose days are counted, such as Europe/Berlin; UTC without it."),
            new ApiValue(ByName, "What to count the most frequent of: client, address, subject, endpoint, several with commas between."));
        group.MapGet("/now", NowAsync).WithName("FailuresNow");
    }

    /// <summary>Lists refused requests of a time, the newest first.</summary>
    internal static async Task<Results<Ok<PageJson<FailureJson>>, ProblemResult>> ListAsync(
        HttpContext context, FailureReader reader, ClaimMask mask, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var query = Read(context.Request, out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (PageRules.RefusalOf(limit, cursor) is { } refusal)
        {
            return refusal;
        }

        var steps = reader.StepsOf(query.Time, TimeZoneInfo.Utc);
        var page = await reader.ListAsync(query, steps, cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<FailureJson>.Of(page, item => FailureJson.Of(item, context.User.Role(), mask)));
    }

    /// <summary>Counts refused requests of a time, step by step and by code, and says what is usual.</summary>
    internal static async Task<Results<Ok<FailureCountsJson>, ProblemResult>> CountAsync(
        HttpRequest request, FailureReader reader, CancellationToken cancellationToken)
    {
        var query = Read(request, out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        var zone = TimeZoneInfo.Utc;
        if (request.Query[ZoneName].ToString() is { Length: > 0 } id && !TimeZoneInfo.TryFindSystemTimeZoneById(id, out zone!))
        {
            return Problems.Invalid(new ValidationError(ZoneName, "must be a time zone such as Europe/Berlin"));
        }

        if (ReadDimensions(request) is not { } dimensions)
        {
            return Problems.Invalid(new ValidationError(ByName, "must be client, address, subject or endpoint, or several of them with commas between"));
        }

        var steps = reader.StepsOf(query.Time, zone);
        var series = await reader.ReadSeriesAsync(query.Filter, steps, cancellationToken);
        var usual = await reader.ReadUsualAsync(query.Filter, steps, zone, cancellationToken);
        var tops = await reader.ReadTopsAsync(dimensions, query.Filter, steps, cancellationToken);
        return TypedResults.Ok(FailureCountsJson.Of(series, usual, dimensions.ToDictionary(NameOf, SharesOf, StringComparer.Ordinal)));

        IReadOnlyList<FailureShareJson> SharesOf(RefusalDimension dimension) =>
            [.. tops[dimension].Select(share => new FailureShareJson(share.Value, share.Count, share.MainCode))];
    }

    /// <summary>Tells how many requests are refused at the moment.</summary>
    internal static async Task<Ok<FailuresNowJson>> NowAsync(RefusalsNowReader reader, CancellationToken cancellationToken) =>
        TypedResults.Ok(FailuresNowJson.Of(await reader.ReadAsync(cancellationToken)));

    private static FailureQuery Read(HttpRequest request, out IReadOnlyList<FieldFault> faults) =>
        FailureQuery.Read(name => request.Query[name], out faults);

    // Null where one of them is none.
    private static List<RefusalDimension>? ReadDimensions(HttpRequest request)
    {
        var names = request.Query[ByName].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var known = Enum.GetValues<RefusalDimension>().Where(dimension => names.Contains(NameOf(dimension))).ToList();
        return known.Count == names.Count ? known : null;
    }

    private static string NameOf(RefusalDimension dimension) => dimension.ToString().ToLowerInvariant();
}
