using Dashboard.Core.Access;
using Dashboard.Core.Clients.Redis;
using Dashboard.Core.Clients.Sqlite;
using Dashboard.Core.Keys;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients;

internal static class ClientServices
{
    public static IServiceCollection AddClients(this IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<ClientOptions>, ClientLifetimeAlias>();
        services.AddSingleton<IValidateOptions<ClientOptions>, ClientLifetimeAlias>();
        services.AddSingleton<IValidateOptions<ClientOptions>, ClientOptionsRules>();
        services.AddOptionsWithValidateOnStart<ClientOptions, ClientOptionsValidator>().BindConfiguration(ClientOptions.Section);
        services.AddOptions<FirstClientOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.Id = configuration[FirstClientOptions.IdSetting];
            options.Secret = configuration[FirstClientOptions.SecretSetting];
            options.Scopes = configuration[FirstClientOptions.ScopesSetting];
        });
        services.AddStore<IClientStore, SqliteClientStore, RedisClientStore>();
        services.AddTable<RedisClientTable>("clients", "id");
        services.AddSingleton(new CarriedOver("clients", ["id"], (_, _) => true)
        {
            Merge = (backup, now) => now["ended_at"] is null && backup["ended_at"] is null
                ? backup.Like(now, "state", "secrets", "secret_uses", "registration_token_hash")
                : now,
            GoneBy = "client.deleted",
        });
        services.AddSingleton(provider => new ClientDirectory(
            provider.GetRequiredService<IClientStore>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ClientExpiries(
            provider.GetRequiredService<IClientStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<ClientFollower>();
        services.AddSingleton<ClientChanges>();
        services.AddSingleton<ClientEnder>();
        services.AddSingleton<ClientBootstrap>();
        services.AddSingleton(provider => new ClientAdministration(
            provider.GetRequiredService<IClientStore>(),
            provider.GetRequiredService<ClientChanges>(),
            provider.GetRequiredService<ClientEnder>(),
            provider.GetRequiredService<TokenRevocations>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IOptions<TokenOptions>>(),
            provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ClientUses(
            provider.GetRequiredService<IClientStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClientUses>>()));
        services.AddHostedService(provider => provider.GetRequiredService<ClientUses>());
        services.AddSingleton<ClientCleaner>();
        services.AddHostedService(provider => provider.GetRequiredService<ClientCleaner>());
        services.AddSingleton(provider => new PurgeStep("clients", (now, limit, term, cancellationToken) =>
            provider.GetRequiredService<IClientStore>().PurgeAsync(
                now - provider.GetRequiredService<IOptions<ClientOptions>>().Value.TombstoneRetention, limit, term, cancellationToken))
        {
            Setting = $"{ClientOptions.Section}:{nameof(ClientOptions.TombstoneRetention)}",
        });
        return services;
    }
}
