using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Grants.Authorizing;

internal static class AuthorizingServices
{
    /// <summary>Registers what stands between an authorization request and its code.</summary>
    public static IServiceCollection AddAuthorizing(this IServiceCollection services) => services
        .AddSingleton<AuthorizationRequests>()
        .AddSingleton<Consents>();
}
