using Dashboard.Core.Agents;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Agents;

/// <summary>Agents and keys as tests need them: valid unless they say otherwise.</summary>
internal static class AgentBuilder
{
    public static AgentProfile Profile(string type = "testing") => new()
    {
        Name = "Té/st \U0001F600",
        AgentType = type,
        Endpoint = "https://agent.example.com:8443/a",
        Capabilities = ["scan", "report-now"],
        ContextBrief = "Watches what is going on.",
        Version = "1.2.3",
        Owner = "Team A",
        PublicKey = new string('k', 40),
        Metadata = """{"region":"eu","level":3,"tags":["a","b"]}""",
        CommunicationMode = "remote",
    };

    public static Agent Agent(string id = "agent-1", string key = "ak_1") => new()
    {
        Id = id,
        Registration = "registration-of-" + id,
        KeyId = key,
        TempTokenId = "temp-of-" + id,
        TokenId = "token-of-" + id,
        Profile = Profile(),
        RegisteredAt = LedgerRows.Start,
        LastSeenAt = LedgerRows.Start,
    };

    public static AgentKey Key(string id = "ak_1") => new()
    {
        Id = id,
        Label = "A/B é",
        Origin = AgentKeyOrigin.Operator,
        CreatedBy = "admin",
        CreatedAt = LedgerRows.Start,
        Secrets = [AgentKeySecrets.Keep(SecretOf(id), LedgerRows.Start)],
    };

    public static string SecretOf(string id) => "sgt_ak_secret-of-" + id;
}
