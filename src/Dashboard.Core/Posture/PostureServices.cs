using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Posture.Checks;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Core.Posture;

internal static class PostureServices
{
    /// <summary>Registers the checks, in the order in which they are told; the web adds those of its own.</summary>
    public static IServiceCollection AddPosture(this IServiceCollection services) => services
        .AddSingleton(provider => new PostureReader(
            provider.GetServices<IPostureCheck>(),
            provider.GetRequiredService<ClientDirectory>(),
            provider.GetRequiredService<AuditLog>(),
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<IPostureCheck, InsecureIssuerCheck>()
        .AddSingleton<IPostureCheck, AdministratorFactorCheck>()
        .AddSingleton<IPostureCheck, OperatorFactorCheck>()
        .AddSingleton<IPostureCheck, SingleAdministratorCheck>()
        .AddSingleton<IPostureCheck, SessionBindingCheck>()
        .AddSingleton<IPostureCheck, InsecureRedirectCheck>()
        .AddSingleton<IPostureCheck, PrivateRedirectCheck>()
        .AddSingleton<IPostureCheck, LongAccessTokenCheck>()
        .AddSingleton<IPostureCheck, LongRefreshTokenCheck>()
        .AddSingleton<IPostureCheck, OldSecretCheck>()
        .AddSingleton<IPostureCheck, EndlessSecretCheck>()
        .AddSingleton<IPostureCheck, OldAgentKeyCheck>()
        .AddSingleton<IPostureCheck, IntrospectAllCheck>()
        .AddSingleton<IPostureCheck, UnusedClientCheck>()
        .AddSingleton<IPostureCheck, OpenRegistrationCheck>()
        .AddSingleton<IPostureCheck, DormantTokenCheck>()
        .AddSingleton<IPostureCheck, UnusedScopeCheck>()
        .AddSingleton<IPostureCheck, OverdueKeyCheck>()
        .AddSingleton<IPostureCheck, SharedSecretCheck>()
        .AddSingleton<IPostureCheck, StaleIssuerCheck>()
        .AddSingleton<IPostureCheck, PrivateIssuerCheck>()
        .AddSingleton<IPostureCheck, PrivateWebhookCheck>()
        .AddSingleton<IPostureCheck, MasterKeyPlaceCheck>()
        .AddSingleton<IPostureCheck, DefaultAudienceCheck>()
        .AddSingleton<IPostureCheck, AuditCheckpointCheck>()
        .AddSingleton<IPostureCheck, OldBackupCheck>();
}
