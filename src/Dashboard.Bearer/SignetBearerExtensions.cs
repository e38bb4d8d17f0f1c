using Dashboard.Bearer.Presentations;
using Dashboard.Bearer.Revocations;
using Dashboard.Bearer.Scopes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Dashboard.Bearer;

/// <summary>Makes an API take Signet's tokens.</summary>
public static class SignetBearerExtensions
{
    /// <summary>
    /// Adds authentication by Signet's tokens as the default scheme <c>Bearer</c>, and authorization by scopes
    /// (<see cref="SignetScopeExtensions"/>).
    /// </summary>
    public static IServiceCollection AddSignetBearer(this IServiceCollection services, Action<SignetBearerOptions> configure)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddSignetBearer(configure);
        services.AddAuthorization();
        return services;
    }

    /// <summary>The same beside other schemes. Once in an application.</summary>
    public static AuthenticationBuilder AddSignetBearer(
        this AuthenticationBuilder builder,
        Action<SignetBearerOptions> configure,
        string scheme = JwtBearerDefaults.AuthenticationScheme)
    {
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(SignetClient)))
        {
            throw new InvalidOperationException("AddSignetBearer was called before. One API follows one Signet.");
        }

        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<SignetBearerOptions>().Configure(configure).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignetBearerOptions>, SignetBearerRules>();
        services.AddSingleton<SignetClient>();
        services.AddSingleton<RevokedTokens>();
        services.AddSingleton<RevocationFollower>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RevocationFollower>());
        services.AddSingleton<PresentationQueue>();
        services.AddHostedService<PresentationSender>();
        services.AddSingleton<ScopeRules>();
        services.AddSingleton(provider => new SignetScopes(provider.GetRequiredService<ScopeRules>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, ScopeHandler>());
        services.AddSingleton<SignetKeys>();
        services.AddSingleton<SignetBearerEvents>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>>(provider => new JwtBearerSetup(
            scheme,
            provider.GetRequiredService<IOptions<SignetBearerOptions>>(),
            provider.GetRequiredService<SignetKeys>(),
            provider.GetRequiredService<SignetBearerEvents>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder.AddJwtBearer(scheme, static _ => { });
    }
}
