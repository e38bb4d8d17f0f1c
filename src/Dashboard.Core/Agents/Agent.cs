using Dashboard.Core.Primitives;

namespace Dashboard.Core.Agents;

/// <summary>A program that registered itself with an agent key and says every so often that it lives.</summary>
public sealed record Agent
{
    /// <summary>The <c>agent_id</c>: chosen by the agent.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Names this registration; another one of the same agent has another. Every token of it belongs to the family of this name.
    /// </summary>
    public required string Registration { get; init; }

    /// <summary>The id of the key that it registered with. No other agent has the same.</summary>
    public required string KeyId { get; init; }

    /// <summary>The temporary token that it registered with, which is used up by that; null where it was not by one.</summary>
    public string? TempTokenId { get; init; }

    /// <summary>The token that it got for registering.</summary>
    public required string TokenId { get; init; }

    /// <summary>What it says of itself.</summary>
    public required AgentProfile Profile { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>When it last said that it lives. Written in batches, so it may lag by a second.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>True where it was seen after a time.</summary>
    public bool IsAliveSince(DateTimeOffset time) => LastSeenAt > time;
}

/// <summary>
/// What an agent says of itself. None of it is ever fetched or acted on. Names of members are part of what is stored, and those
/// of ARCP's registration.
/// </summary>
public sealed record AgentProfile
{
    public required string Name { get; init; }

    /// <summary>One of the allowed types, in small letters.</summary>
    public required string AgentType { get; init; }

    /// <summary>Where others reach it.</summary>
    public required string Endpoint { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required string ContextBrief { get; init; }

    public required string Version { get; init; }

    public required string Owner { get; init; }

    public required string PublicKey { get; init; }

    /// <summary>A JSON object of texts, numbers, flags, and lists of these.</summary>
    public required string Metadata { get; init; }

    public required string CommunicationMode { get; init; }

    public IReadOnlyList<string>? Features { get; init; }

    public int? MaxTokens { get; init; }

    public IReadOnlyList<string>? LanguageSupport { get; init; }

    public int? RateLimit { get; init; }

    public IReadOnlyList<string>? Requirements { get; init; }

    public IReadOnlyList<string>? PolicyTags { get; init; }

    public string? AiContext { get; init; }
}

/// <summary>Which agents to list; what is null does not filter.</summary>
public sealed record AgentFilter
{
    /// <summary>Agents whose id or name, case aside, begins with this.</summary>
    public string? Search { get; init; }

    public string? Type { get; init; }

    public bool? IsAlive { get; init; }

    /// <summary>Agents that can do any of these; empty for whatever they can.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>Whether an agent is one of these.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="aliveSince">Those that were seen after this are alive.</param>
    public bool Matches(Agent agent, DateTimeOffset aliveSince) =>
        (Type is null || agent.Profile.AgentType.Equals(Type, StringComparison.OrdinalIgnoreCase))
        && (IsAlive is null || agent.IsAliveSince(aliveSince) == IsAlive)
        && (Capabilities is [] || Capabilities.Any(asked => agent.Profile.Capabilities.Contains(asked, StringComparer.OrdinalIgnoreCase)))
        && (Search is null or ""
            || agent.Id.StartsWith(Search, StringComparison.OrdinalIgnoreCase)
            || agent.Profile.Name.StartsWith(Search, StringComparison.OrdinalIgnoreCase));

    /// <summary>One page of agents that are listed newest first.</summary>
    internal Page<Agent> PageOf(IReadOnlyList<Agent> agents, DateTimeOffset aliveSince, PageCursor? cursor, int limit)
    {
        var matching = agents.Where(agent => Matches(agent, aliveSince)).ToList();
        var behind = cursor is { } last ? matching.Where(agent => IsBehind(agent, last)).ToList() : matching;
        return new Page<Agent>(
            [.. behind.Take(limit)],
            behind.Count > limit ? new PageCursor(behind[limit - 1].RegisteredAt, behind[limit - 1].Id).ToString() : null,
            matching.Count,
            false);
    }

    private static bool IsBehind(Agent agent, PageCursor last) =>
        agent.RegisteredAt < last.At
        || (agent.RegisteredAt == last.At && string.CompareOrdinal(agent.Id, last.Id) < 0);
}
