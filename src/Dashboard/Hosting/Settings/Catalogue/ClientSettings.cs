using Dashboard.Core.Agents;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;

namespace Dashboard.Hosting.Settings.Catalogue;

/// <summary>Programs that ask for tokens: clients and agents.</summary>
internal static class ClientSettings
{
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("Clients", ClientOptions.Section, typeof(ClientOptions),
        [
            new(
                nameof(ClientOptions.Lifetime),
                "The lifetime of registrations that clients make themselves; zero for ever.")
            {
                Alias = ClientLifetimeAlias.Setting,
            },
            new(nameof(ClientOptions.RenewableFor), "For so long after its expiry a registration can still be renewed."),
            new(nameof(ClientOptions.UnusedAfter), "A client that registered itself and was not used in so long ends."),
            new(nameof(ClientOptions.TombstoneRetention), "How long what is left of a client that ended is kept."),
        ]),
        new("First client", null, typeof(FirstClientOptions),
        [
            new(
                nameof(FirstClientOptions.Id),
                "A client that is there from the first start.")
            {
                Key = FirstClientOptions.IdSetting,
            },
            new(
                nameof(FirstClientOptions.Secret),
                "Its secret.")
            {
                Key = FirstClientOptions.SecretSetting,
                Secrecy = SettingSecrecy.Secret,
            },
            new(nameof(FirstClientOptions.Scopes), "What it may ask for.") { Key = FirstClientOptions.ScopesSetting },
        ]),
        new("Registration", RegistrationOptions.Section, typeof(RegistrationOptions),
        [
            new(
                nameof(RegistrationOptions.Mode),
                "Who may register a client, until an administrator decides it in the dashboard."),
            new(nameof(RegistrationOptions.Scopes), "What clients that registered themselves may have at most."),
        ]),
        new("Agents", AgentOptions.Section, typeof(AgentOptions),
        [
            new(
                nameof(AgentOptions.AllowedTypes),
                "The types of agents that may register.")
            {
                Alias = "ALLOWED_AGENT_TYPES",
                DefaultText = string.Join(", ", new AgentOptions().Types),
            },
            new(
                nameof(AgentOptions.HeartbeatTimeout),
                "An agent that was not heard of for so long is dead.")
            {
                Alias = "AGENT_HEARTBEAT_TIMEOUT",
            },
            new(
                nameof(AgentOptions.RemovedAfter),
                "An agent that was not heard of for so long is removed, and its tokens are cut off."),
            new(
                nameof(AgentOptions.CleanupInterval),
                "How often it is looked for agents to remove.")
            {
                Alias = "AGENT_CLEANUP_INTERVAL",
            },
            new(nameof(AgentOptions.TokenLifetime), "The lifetime of the token that an agent gets by registering or renews."),
            new(nameof(AgentOptions.Scopes), "What agents' tokens allow at APIs; none where empty."),
        ]),
        new("Agent keys", null, typeof(AgentKeyOptions),
        [
            new(
                nameof(AgentKeyOptions.Keys),
                "Keys that agents may register with, from the first start.")
            {
                Key = AgentKeyOptions.Setting,
                Secrecy = SettingSecrecy.Secret,
            },
        ]),
    ];
}
