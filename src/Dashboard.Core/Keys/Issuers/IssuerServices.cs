using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Live;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Issuers;

internal static class IssuerServices
{
    public static IServiceCollection AddTrustedIssuers(this IServiceCollection services)
    {
        services.AddOptions<TrustedIssuersOptions>().BindConfiguration(TrustedIssuersOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TrustedIssuersOptions>, TrustedIssuersOptionsRules>());
        services.AddSingleton<IssuerKeys>();
        services.AddSingleton(provider => new TrustedIssuers(
            provider.GetRequiredService<IssuerKeys>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<TrustedIssuerRefresher>();
        return services;
    }
}
