using Dashboard.Bearer.Scopes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Dashboard.Bearer;

/// <summary>Closes endpoints to callers without a scope.</summary>
public static class SignetScopeExtensions
{
    /// <summary>Endpoints that need a token with every one of these scopes, held or implied.</summary>
    /// <exception cref="ArgumentException">A scope that no token can hold.</exception>
    public static TBuilder RequireSignetScope<TBuilder>(this TBuilder endpoint, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireSignetScope(scopes));

    /// <summary>The same in a policy of one's own.</summary>
    /// <exception cref="ArgumentException">A scope that no token can hold.</exception>
    public static AuthorizationPolicyBuilder RequireSignetScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        if (scopes is [] || Array.Exists(scopes, scope => scope is null or "" || scope.Any(sign => sign is <= ' ' or > '~' or '"' or '\\' or ',')))
        {
            throw new ArgumentException("One scope or more, each of visible ASCII characters without quotes, backslashes or commas.", nameof(scopes));
        }

        return policy.RequireAuthenticatedUser().AddRequirements(new ScopeRequirement(scopes));
    }
}
