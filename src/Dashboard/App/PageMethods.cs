using Dashboard.Hosting;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Dashboard.App;

/// <summary>
/// Lets pages be asked for with GET only. The framework maps every page for POST too, and answers a POST to a page without a
/// form with a text of its own.
/// </summary>
internal static class PageMethods
{
    public static void Restrict(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<ComponentTypeMetadata>().Any() && !endpoint.Metadata.OfType<AcceptsFormAttribute>().Any())
        {
            // The last metadata of a kind counts.
            endpoint.Metadata.Add(new HttpMethodMetadata([HttpMethods.Get]));
        }
    }
}
