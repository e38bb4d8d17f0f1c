using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Hosting;

/// <summary>Knows which origins are the dashboard's own: the issuer's, the configured ones, and this machine's for trying it out.</summary>
internal sealed class OwnOrigins(IOptions<SignetOptions> signet, IOptions<HostingOptions> hosting)
{
    private readonly HashSet<string> _origins = new(
        hosting.Value.Origins.Append(new Uri(signet.Value.Issuer).GetLeftPart(UriPartial.Authority)),
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True where the request has exactly one Origin header, and it is ours.</summary>
    public bool IsFromOwn(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && IsOwn(request, origin);

    /// <summary>True where an origin that a request names is ours.</summary>
    public bool IsOwn(HttpRequest request, string origin) => _origins.Contains(origin) || IsSameMachine(request, origin);

    /// <summary>
    /// As <see cref="IsFromOwn"/>; where a browser left the Origin out, its Sec-Fetch-Site must vouch for the request instead.
    /// </summary>
    public bool IsSameSiteRequest(HttpRequest request) => request.Headers["Sec-Fetch-Site"] switch
    {
        [] => IsFromOwn(request),
        ["same-origin"] => request.Headers.Origin.Count == 0 || IsFromOwn(request),
        _ => false,
    };

    // The Host header cannot be forged by a page in somebody's browser, and a name of this machine cannot be rebound.
    private static bool IsSameMachine(HttpRequest request, string origin) =>
        Loopback.IsHost(request.Host) && origin == $"{request.Scheme}://{request.Host}";
}
