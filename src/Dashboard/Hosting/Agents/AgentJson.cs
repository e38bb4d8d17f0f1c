using Dashboard.Core.Agents;
using Dashboard.Core.Tokens;

namespace Dashboard.Hosting.Agents;

/// <summary>A registered agent as the management API shows it.</summary>
internal sealed record AgentJson(
    string AgentId,
    string Name,
    string AgentType,
    string Endpoint,
    IReadOnlyList<string> Capabilities,
    string Version,
    string Owner,
    string Status,
    DateTimeOffset RegisteredAt,
    DateTimeOffset LastSeen,
    string AgentKeyId,
    string Subject)
{
    public static AgentJson Of(Agent agent, DateTimeOffset aliveSince) => new(
        agent.Id,
        agent.Profile.Name,
        agent.Profile.AgentType,
        agent.Profile.Endpoint,
        agent.Profile.Capabilities,
        agent.Profile.Version,
        agent.Profile.Owner,
        agent.IsAliveSince(aliveSince) ? "alive" : "dead",
        agent.RegisteredAt,
        agent.LastSeenAt,
        agent.KeyId,
        Subjects.OfAgent(agent.Id));
}

/// <summary>What became of an agent, or would.</summary>
internal sealed record RemovedAgentJson(string AgentId, bool DryRun);

/// <summary>An agent key as the API shows it.</summary>
internal sealed record AgentKeyJson(
    string Id,
    string Label,
    string Prefix,
    string State,
    string Origin,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    IReadOnlyList<string> AgentTypes,
    DateTimeOffset? PreviousWorksUntil,
    DateTimeOffset? LastUsedAt,
    string? LastUsedBy)
{
    /// <summary>The agent that is registered with it; absent where none is.</summary>
    public string? AgentId { get; init; }

    /// <summary>The key itself, shown this once.</summary>
    public string? AgentKey { get; init; }

    public static AgentKeyJson Of(AgentKey key, DateTimeOffset now) => new(
        key.Id,
        key.Label,
        key.Prefix,
        AgentWords.NameOf(key.StandingAt(now)),
        AgentWords.NameOf(key.Origin),
        key.CreatedBy,
        key.CreatedAt,
        key.ExpiresAt,
        key.AllowedTypes,
        AgentWords.OverlapOf(key, now),
        key.LastUsedAt,
        key.LastUsedBy);

    /// <summary>Without the key.</summary>
    public override string ToString() => Id;
}

/// <summary>What the deletion of a key would do.</summary>
/// <param name="Id">Which key.</param>
/// <param name="DryRun">Always true.</param>
/// <param name="Label">What it is for.</param>
/// <param name="CanBeDeleted">False where an agent is registered with it, or the configuration names it.</param>
/// <param name="AgentId">The agent that is; absent where none is.</param>
internal sealed record AgentKeyTrialJson(string Id, bool DryRun, string Label, bool CanBeDeleted, string? AgentId);
