using Dashboard.Core.Scopes;

namespace Dashboard.OAuth.ForwardAuth;

/// <summary>
/// The request that a proxy asks about, by its <c>X-Forwarded-Host</c> and <c>X-Forwarded-Uri</c>. They only choose the rule:
/// whoever calls us directly learns nothing but what their own token is good for.
/// </summary>
internal static class ForwardedRequest
{
    private const string Host = "X-Forwarded-Host";
    private const string Target = "X-Forwarded-Uri";

    /// <summary>Finds the protected resource; null and no fault where the request is for none that is configured.</summary>
    public static OAuthRefusal? FaultOf(HttpRequest request, ProtectedResources resources, out ProtectedResource? resource)
    {
        resource = null;
        var (hosts, targets) = (request.Headers[Host], request.Headers[Target]);
        if (resources.All is [] || (hosts, targets) is ([], []))
        {
            return null;
        }

        // With half of it, or with two, a rule might be missed that the resource has.
        if (hosts is not [{ Length: > 0 } host] || targets is not [{ Length: > 0 } target] || host.Contains(',', StringComparison.Ordinal))
        {
            return OAuthRefusal.InvalidRequest($"The proxy must send {Host} and {Target}, each of them once.");
        }

        if (RequestTarget.PathOf(target) is not { } path)
        {
            return OAuthRefusal.InvalidRequest($"The path in {Target} could be read in two ways.");
        }

        resource = resources.FindFor(host, path);
        return null;
    }
}
