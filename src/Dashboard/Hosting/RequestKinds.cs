using Microsoft.AspNetCore.StaticAssets;

namespace Dashboard.Hosting;

/// <summary>Tells requests apart.</summary>
internal static class RequestKinds
{
    private static readonly PathString Hub = "/_blazor";
    private static readonly PathString Framework = "/_framework";

    extension(HttpRequest request)
    {
        /// <summary>True for the framework's own traffic: circuits and scripts.</summary>
        public bool IsFramework => request.Path.StartsWithSegments(Hub) || request.Path.StartsWithSegments(Framework);

        /// <summary>True for everything that opens or feeds a circuit.</summary>
        public bool IsHub => request.Path.StartsWithSegments(Hub);

        /// <summary>True where a person looks at the answer in a browser, so that a page serves them better than JSON.</summary>
        public bool IsNavigation => !request.IsFramework && (
            HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
                ? request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
                : HttpMethods.IsPost(request.Method) && request.Headers["Sec-Fetch-Mode"] == "navigate");
    }

    extension(Endpoint? endpoint)
    {
        /// <summary>True for what somebody mapped; false for nothing and for routing's own 405 and 415.</summary>
        public bool IsMapped => endpoint is RouteEndpoint;

        /// <summary>True for a file of wwwroot or of a component library.</summary>
        public bool IsStaticAsset => endpoint?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
    }
}
