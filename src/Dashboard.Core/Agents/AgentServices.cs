using Dashboard.Core.Access;
using Dashboard.Core.Agents.Redis;
using Dashboard.Core.Agents.Sqlite;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Throttling;
using Dashboard.Core.Tokens.Issuing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Agents;

internal static class AgentServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<AgentOptions>, AgentNames>();
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentNames>();
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsRules>();
        services.AddOptionsWithValidateOnStart<AgentOptions, AgentOptionsValidator>().BindConfiguration(AgentOptions.Section);
        services.AddOptions<AgentKeyOptions>().Configure<IConfiguration>(
            (options, configuration) => options.Keys = configuration[AgentKeyOptions.Setting]);
        services.AddStore<IAgentKeyStore, SqliteAgentKeyStore, RedisAgentKeyStore>();
        services.AddTable<RedisAgentKeyTable>("agent_keys", "id");
        services.AddSingleton(new CarriedOver("agent_keys", ["id"], (_, _) => true)
        {
            Merge = (backup, now) => backup.Like(now, "hash", "secrets", "is_enabled", "expires_at"),
            GoneBy = "agent_key.deleted",
        });
        services.AddStore<IAgentStore, SqliteAgentStore, RedisAgentStore>();
        services.AddTable<RedisAgentTable>("agents", "id");
        services.AddSingleton(new CarriedOver("agents", ["id"], (_, _) => true) { GoneBy = "agent.removed" });
        return services.AddKeys().AddRegistered();
    }

    private static IServiceCollection AddKeys(this IServiceCollection services) => services
        .AddSingleton(provider => new AgentKeyDirectory(provider.GetRequiredService<IAgentKeyStore>()))
        .AddSingleton<AgentKeyBootstrap>()
        .AddSingleton(provider => new AgentKeys(
            provider.GetRequiredService<IAgentKeyStore>(),
            provider.GetRequiredService<AgentKeyDirectory>(),
            provider.GetRequiredService<AccessControl>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<IOptions<AgentOptions>>(),
            provider.GetRequiredService<TimeProvider>()));

    private static IServiceCollection AddRegistered(this IServiceCollection services)
    {
        services.AddSingleton(provider => new AgentHeartbeats(
            provider.GetRequiredService<IAgentStore>(),
            provider.GetRequiredService<IAgentKeyStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<AgentHeartbeats>>()));
        services.AddHostedService(provider => provider.GetRequiredService<AgentHeartbeats>());
        services.AddSingleton(provider => new AgentDirectory(
            provider.GetRequiredService<IAgentStore>(),
            provider.GetRequiredService<AgentHeartbeats>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<IOptions<AgentOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<AgentFollower>();
        services.AddSingleton(provider => new AgentTokens(
            provider.GetRequiredService<AgentKeyDirectory>(),
            provider.GetRequiredService<AgentDirectory>(),
            provider.GetRequiredService<AgentHeartbeats>(),
            provider.GetRequiredService<LoginThrottle>(),
            provider.GetRequiredService<TokenIssuer>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IOptions<AgentOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AgentEnder>();
        services.AddSingleton(provider => new AgentRemoval(
            provider.GetRequiredService<AgentDirectory>(),
            provider.GetRequiredService<AgentEnder>(),
            provider.GetRequiredService<AccessControl>()));
        services.AddSingleton(provider => new AgentRegistration(
            provider.GetRequiredService<IAgentStore>(),
            provider.GetRequiredService<AgentDirectory>(),
            provider.GetRequiredService<AgentKeyDirectory>(),
            provider.GetRequiredService<AgentHeartbeats>(),
            provider.GetRequiredService<AgentTokens>(),
            provider.GetRequiredService<AgentEnder>(),
            provider.GetRequiredService<EventLog>(),
            provider.GetRequiredService<IChangeFeed>(),
            provider.GetRequiredService<IOptions<AgentOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AgentCleaner>();
        services.AddHostedService(provider => provider.GetRequiredService<AgentCleaner>());
        return services;
    }
}
