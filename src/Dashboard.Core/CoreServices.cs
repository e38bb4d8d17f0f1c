using Dashboard.Core.Access;
using Dashboard.Core.Agents;
using Dashboard.Core.Alerts;
using Dashboard.Core.Audit;
using Dashboard.Core.Backups;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Events;
using Dashboard.Core.Gateway;
using Dashboard.Core.Grants;
using Dashboard.Core.Grants.Authorizing;
using Dashboard.Core.Idempotency;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.Keys.Making;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Live;
using Dashboard.Core.LiveKit;
using Dashboard.Core.OneTime;
using Dashboard.Core.Operators;
using Dashboard.Core.Outbound;
using Dashboard.Core.Posture;
using Dashboard.Core.Primitives;
using Dashboard.Core.Scopes;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sharing;
using Dashboard.Core.Storage;
using Dashboard.Core.Telemetry;
using Dashboard.Core.Throttling;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.ResourceServers;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Core;

/// <summary>Registers and starts the core: one line a feature.</summary>
public static class CoreServices
{
    /// <summary>Registers everything; options are bound from the host's configuration.</summary>
    public static IServiceCollection AddDashboardCore(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddMeters()
            .AddStorage()
            .AddLive()
            .AddAudit()
            .AddAccess()
            .AddOutbound()
            .AddKeys()
            .AddTrustedIssuers()
            .AddScopes()
            .AddOneTime()
            .AddIdempotency()
            .AddEvents()
            .AddThrottling()
            .AddOperators()
            .AddSessions()
            .AddTokens()
            .AddLiveKit()
            .AddClients()
            .AddClientAuthentication()
            .AddRegistration()
            .AddAgents()
            .AddWebhooks()
            .AddSharing()
            .AddGrants()
            .AddAuthorizing()
            .AddGateway()
            .AddAlerts()
            .AddBackups()
            .AddPosture();
    }

    /// <summary>
    /// Opens the store and loads what must be in memory before the first request. Call once, before the host starts.
    /// </summary>
    /// <exception cref="StartupException">Signet must not start; the message says why and what to do.</exception>
    public static async Task StartDashboardCoreAsync(this IServiceProvider services, CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<EventMeters>();
        await services.GetRequiredService<IStorage>().OpenAsync(cancellationToken);
        await services.GetRequiredService<SystemSecrets>().LoadAsync(cancellationToken);
        await services.GetRequiredService<GivenKeys>().LoadAsync(cancellationToken);
        await services.GetRequiredService<RevocationList>().LoadAsync(
            services.GetRequiredService<IRevocationStore>(),
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            cancellationToken);
        await services.GetRequiredService<OperatorDirectory>().LoadAsync(cancellationToken);
        await services.GetRequiredService<AgentKeyDirectory>().LoadAsync(cancellationToken);
        await services.GetRequiredService<AgentKeyBootstrap>().EnsureAsync(cancellationToken);
        await services.GetRequiredService<ClientBootstrap>().EnsureAsync(cancellationToken);
        await services.GetRequiredService<Suspensions>().LoadAsync(cancellationToken);
        await services.GetRequiredService<RegistrationPolicies>().LoadAsync(cancellationToken);
    }
}
