using Dashboard.Core.Scopes;
using Dashboard.Hosting;
using Microsoft.Extensions.Primitives;

namespace Dashboard.OAuth.ForwardAuth;

/// <summary>
/// The request that a proxy asks about, by its <c>X-Forwarded-Host</c> and <c>X-Forwarded-Uri</c>, or by its own host and path.
/// They only choose the rule: whoever calls us directly learns nothing but what their own token is good for.
/// </summary>
internal static class ForwardedRequest
{
    private const string Host = "X-Forwarded-Host";
    private const string Target = "X-Forwarded-Uri";

    /// <summary>Finds the protected resource; null and no fault where the request is for none that is configured.</summary>
    public static OAuthRefusal? FaultOf(HttpRequest request, ProtectedResources resources, out ProtectedResource? resource)
    {
        resource = null;
        if (!resources.HavePlaces)
        {
            return null;
        }

        var (hosts, targets) = (request.Headers[Host], request.Headers[Target]);
        if (request.HttpContext.Features.Get<AskedTarget>() is { } asked)
        {
            // A caller may have written the headers; the proxy would have to remove them.
            if ((hosts, targets) is not ([], []))
            {
                return OAuthRefusal.InvalidRequest($"With a path behind /verify, the proxy must send neither {Host} nor {Target}.");
            }

            (hosts, targets) = (request.Host.Value, asked.Text);
        }

        return (hosts, targets) is ([], []) ? null : FaultOf(hosts, targets, resources, out resource);
    }

    private static OAuthRefusal? FaultOf(
        StringValues hosts, StringValues targets, ProtectedResources resources, out ProtectedResource? resource)
    {
        resource = null;

        // With half of it, or with two, a rule might be missed that the resource has.
        if (hosts is not [{ Length: > 0 } host] || targets is not [{ Length: > 0 } target] || host.Contains(',', StringComparison.Ordinal))
        {
            return OAuthRefusal.InvalidRequest($"The proxy must send {Host} and {Target}, each of them once.");
        }

        if (RequestTarget.PathOf(target) is not { } path)
        {
            return OAuthRefusal.InvalidRequest("The path of the request could be read in two ways.");
        }

        // Proxies send a host that they do not know to some API of theirs, whose rule would be missed.
        if (!resources.Knows(host))
        {
            return OAuthRefusal.InvalidRequest(
                "No protected resource is at the host of the request, and OAuth:OtherHosts does not name it.");
        }

        resource = resources.FindFor(host, path);
        return null;
    }
}
