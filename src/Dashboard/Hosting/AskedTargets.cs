using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.Hosting;

/// <summary>
/// Envoy asks about a request by sending it to us with a path of ours before its own. What stands behind that belongs to the
/// API: neither dots in it nor its query may choose what answers here, because any 200 would let the request through.
/// </summary>
internal sealed class AskedTargets(RequestDelegate next)
{
    /// <summary>Where all these requests are answered, whatever their own path is.</summary>
    public const string Path = "/verify/request";

    private const string Prefix = "/verify";

    /// <summary>True for a request that is for the host of an API.</summary>
    public static bool IsPath(PathString path) => path == Path;

    public Task InvokeAsync(HttpContext context)
    {
        // As it was sent: the server has removed dots from the path already.
        if (context.Features.Get<IHttpRequestFeature>()?.RawTarget is { } target
            && target.StartsWith(Prefix + "/", StringComparison.OrdinalIgnoreCase))
        {
            context.Features.Set(new AskedTarget(target[Prefix.Length..]));
            (context.Request.Path, context.Request.QueryString) = (Path, QueryString.Empty);
        }

        return next(context);
    }
}

/// <summary>The target of the request that a proxy asks about, as the caller wrote it.</summary>
internal sealed record AskedTarget(string Text);
