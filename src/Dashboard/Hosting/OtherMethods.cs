using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace Dashboard.Hosting;

/// <summary>
/// Finds the methods that an address answers. Routing knows too, but counts in the framework's routes that take any path:
/// an address that does not exist would seem to answer GET, and one that takes POST alone would seem to answer GET as well.
/// </summary>
internal sealed class OtherMethods(EndpointDataSource endpoints)
{
    /// <summary>The methods of the endpoints and pages at exactly this address, in the order of the alphabet; empty where there is none.</summary>
    public IReadOnlyList<string> At(PathString path) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => !TakesAnyPath(endpoint.RoutePattern) && Matches(endpoint.RoutePattern, path))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .SelectMany(method => HttpMethods.IsGet(method) ? (IEnumerable<string>)[method, HttpMethods.Head] : [method])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static bool TakesAnyPath(RoutePattern pattern) => pattern.Parameters.Any(parameter => parameter.IsCatchAll);

    private static bool Matches(RoutePattern pattern, PathString path) =>
        new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch(path, []);
}
