using Dashboard.Core.Access;
using Dashboard.Core.Clients.Registration.Redis;
using Dashboard.Core.Clients.Registration.Sqlite;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Live;
using Dashboard.Core.Scopes;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients.Registration;

internal static class RegistrationServices
{
    // Who looks why a token does not work any more still finds it.
    private static readonly TimeSpan UsedUpTokensKept = TimeSpan.FromDays(30);

    public static IServiceCollection AddRegistration(this IServiceCollection services)
    {
        services.AddOptions<RegistrationOptions>().BindConfiguration(RegistrationOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RegistrationOptions>, RegistrationOptionsRules>());
        services.AddStore<IRegistrationPolicyStore, SqliteRegistrationPolicyStore, RedisRegistrationPolicyStore>();
        services.AddTable<RedisRegistrationPolicyTable>("registration_policy", "id");
        services.AddStore<IInitialAccessTokenStore, SqliteInitialAccessTokenStore, RedisInitialAccessTokenStore>();
        services.AddTable<RedisInitialAccessTokenTable>("initial_access_tokens", "id");
        services.AddSingleton(new CarriedOver("initial_access_tokens", ["id"], (_, _) => true) { GoneBy = "initial_access_token.revoked" });
        services.AddSingleton(provider => new PurgeStep("initial access tokens", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IInitialAccessTokenStore>()
                .PurgeAsync(now - UsedUpTokensKept, limit, term, cancellationToken)));
        services.AddSingleton(provider => new RegistrationPolicies(
            provider.GetRequiredService<IRegistrationPolicyStore>(),
            provider.GetRequiredService<IOptions<RegistrationOptions>>(),
            provider.GetRequiredService<ScopeHierarchy>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>()));
        services.AddHostedService<RegistrationPolicyFollower>();
        services.AddSingleton<RegistrationTokenUses>();
        services.AddSingleton(provider => new InitialAccessTokens(
            provider.GetRequiredService<IInitialAccessTokenStore>(),
            provider.GetRequiredService<RegistrationTokenUses>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<SignetMeters>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RegistrationRefusals(
            provider.GetRequiredService<EventLog>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ClientRegistration(
            provider.GetRequiredService<RegistrationPolicies>(),
            provider.GetRequiredService<IInitialAccessTokenStore>(),
            provider.GetRequiredService<RegistrationTokenUses>(),
            provider.GetRequiredService<ClientChanges>(),
            provider.GetRequiredService<RegistrationRefusals>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IOptions<ClientOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ClientConfiguration(
            provider.GetRequiredService<RegistrationPolicies>(),
            provider.GetRequiredService<ClientDirectory>(),
            provider.GetRequiredService<ClientChanges>(),
            provider.GetRequiredService<ClientEnder>(),
            provider.GetRequiredService<RegistrationTokenUses>(),
            provider.GetRequiredService<RegistrationRefusals>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
