using System.Globalization;
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

        group.MapGet("/", ListAsync).WithName("ListFailures");
        group.MapGet("/counts", CountAsync).WithName("CountFailures");
        group.MapGet("/now", NowAsync).WithName("FailuresNow");
    }

    internal static async Task<Results<Ok<PageJson<FailureJson>>, ProblemResult>> ListAsync(
        HttpContext context, FailureReader reader, ClaimMask mask, string? cursor, int? limit, CancellationToken cancellationToken)
    {
        var query = Read(context.Request, out var faults);
        if (faults is not [])
        {
            return Problems.Invalid(faults);
        }

        if (PageRules.RefusalOf(limit) is { } refusal)
        {
            return refusal;
        }

        if (cursor is { Length: > 0 } && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return Problems.Invalid(new ValidationError("cursor", "is not one that this list gave"));
        }

        var steps = reader.StepsOf(query.Time, TimeZoneInfo.Utc);
        var page = await reader.ListAsync(query, steps, cursor, limit ?? PageLimit.Default, cancellationToken);
        return TypedResults.Ok(PageJson<FailureJson>.Of(page, item => FailureJson.Of(item, context.User.Role(), mask)));
    }

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
        Dictionary<string, IReadOnlyList<FailureShareJson>> tops = new(StringComparer.Ordinal);
        foreach (var dimension in dimensions)
        {
            var shares = await reader.ReadTopAsync(dimension, query.Filter, steps, cancellationToken);
            tops[NameOf(dimension)] = [.. shares.Select(share => new FailureShareJson(share.Value, share.Count, share.MainCode))];
        }

        return TypedResults.Ok(FailureCountsJson.Of(series, usual, tops));
    }

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
