using Microsoft.AspNetCore.Routing.Template;

namespace Dashboard.Hosting;

/// <summary>
/// Finds the methods that an address answers. Routing says so itself (405) except where a page's catch-all route takes
/// the request first; then the answer would be 404, which sends people looking for a typing error.
/// </summary>
internal sealed class OtherMethods(EndpointDataSource endpoints)
{
    /// <summary>The methods of our endpoints at this address, for the Allow header; empty where there is none.</summary>
    public IReadOnlyList<string> At(PathString path) =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<RouteNameMetadata>() is not null && Matches(endpoint, path))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    private static bool Matches(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
