using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashboard.Core.Agents;

/// <summary>An agent as every store keeps it. Times are in milliseconds.</summary>
internal sealed record AgentRow(
    string Id,
    string Registration,
    string KeyId,
    string? TempTokenId,
    string TokenId,
    string Profile,
    long RegisteredAt,
    long LastSeenAt)
{
    public static AgentRow Of(Agent agent) => new(
        agent.Id,
        agent.Registration,
        agent.KeyId,
        agent.TempTokenId,
        agent.TokenId,
        JsonSerializer.Serialize(agent.Profile, AgentRowJson.Options),
        agent.RegisteredAt.ToUnixTimeMilliseconds(),
        agent.LastSeenAt.ToUnixTimeMilliseconds());

    public Agent ToAgent() => new()
    {
        Id = Id,
        Registration = Registration,
        KeyId = KeyId,
        TempTokenId = TempTokenId,
        TokenId = TokenId,
        Profile = JsonSerializer.Deserialize<AgentProfile>(Profile, AgentRowJson.Options)!,
        RegisteredAt = DateTimeOffset.FromUnixTimeMilliseconds(RegisteredAt),
        LastSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(LastSeenAt),
    };
}

/// <summary>How the parts of rows are written that no store looks into.</summary>
internal static class AgentRowJson
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
