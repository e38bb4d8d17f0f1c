using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Scopes;

internal static class ScopeServices
{
    public static IServiceCollection AddScopes(this IServiceCollection services)
    {
        services.AddOptions<ScopeOptions>().BindConfiguration(ScopeOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ScopeOptions>, ScopeOptionsRules>());
        services.AddSingleton(provider => new ScopeHierarchy(provider.GetRequiredService<IOptions<ScopeOptions>>()));
        services.AddOptions<ProtectedResourceOptions>().BindConfiguration(ProtectedResourceOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<ProtectedResourceOptions>, ProtectedResourceOptionsRules>());
        services.AddSingleton(
            provider => new ProtectedResources(provider.GetRequiredService<IOptions<ProtectedResourceOptions>>()));
        return services;
    }
}
