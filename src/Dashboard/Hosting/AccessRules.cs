using Microsoft.AspNetCore.Authorization;

namespace Dashboard.Hosting;

/// <summary>Who may reach what says nothing about it.</summary>
internal static class AccessRules
{
    /// <summary>
    /// Everything needs an operator unless it says otherwise. Static assets are for everybody (the login page needs
    /// them), and so are addresses that do not exist: those are answered with 404 or 405, not with a login.
    /// </summary>
    public static AuthorizationBuilder AddAccessRules(this AuthorizationBuilder builder) => builder
        .AddRights()
        .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
        .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(MayReach).Build());

    private static bool MayReach(AuthorizationHandlerContext context) =>
        context.User.Identity is { IsAuthenticated: true }
        || (context.Resource is HttpContext request && IsForEverybody(request));

    private static bool IsForEverybody(HttpContext context) =>
        context.GetEndpoint() is var endpoint && (!endpoint.IsMapped || endpoint.IsStaticAsset);
}
