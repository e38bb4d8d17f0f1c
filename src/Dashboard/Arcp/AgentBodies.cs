using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Core.Agents;

namespace Dashboard.Arcp;

/// <summary>What an agent says of itself. What is missing or wrong is named by the core.</summary>
public sealed record RegisterAgentRequest
{
    public string? AgentId { get; init; }

    public string? Name { get; init; }

    public string? AgentType { get; init; }

    public string? Endpoint { get; init; }

    public string? ContextBrief { get; init; }

    public string?[]? Capabilities { get; init; }

    public string? Owner { get; init; }

    public string? PublicKey { get; init; }

    public JsonElement? Metadata { get; init; }

    public string? Version { get; init; }

    public string? CommunicationMode { get; init; }

    public string?[]? Features { get; init; }

    public int? MaxTokens { get; init; }

    public string?[]? LanguageSupport { get; init; }

    public int? RateLimit { get; init; }

    public string?[]? Requirements { get; init; }

    public string?[]? PolicyTags { get; init; }

    public string? AiContext { get; init; }

    internal AgentProfile ToProfile() => new()
    {
        Name = Name ?? "",
        AgentType = (AgentType ?? "").ToLowerInvariant(),
        Endpoint = Endpoint ?? "",
        Capabilities = Texts(Capabilities) ?? [],
        ContextBrief = ContextBrief ?? "",
        Version = Version ?? "",
        Owner = Owner ?? "",
        PublicKey = PublicKey ?? "",
        Metadata = Metadata is { } metadata ? metadata.GetRawText() : "null",
        CommunicationMode = CommunicationMode ?? "",
        Features = Texts(Features),
        MaxTokens = MaxTokens,
        LanguageSupport = Texts(LanguageSupport),
        RateLimit = RateLimit,
        Requirements = Texts(Requirements),
        PolicyTags = Texts(PolicyTags),
        AiContext = AiContext,
    };

    // Null is no text: the core says what is wrong with it.
    private static IReadOnlyList<string>? Texts(string?[]? values) => values is null ? null : [.. values.Select(value => value ?? "")];
}

internal sealed record RegisterAgentAnswer(
    string Status, string Message, string AgentId, string AccessToken, string TokenType, long ExpiresIn)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => AgentId;
}

internal sealed record UnregisterAgentAnswer(string Status, string Message, string UnregisteredBy);

/// <summary>ARCP's clients expect the member <c>metrics</c>, which says nothing here.</summary>
internal sealed record HeartbeatAnswer(
    string AgentId, string Status, DateTimeOffset LastSeen, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] object? Metrics);

/// <summary>An agent as ARCP shows it.</summary>
internal sealed record AgentInfo
{
    public required string AgentId { get; init; }

    public required string Name { get; init; }

    public required string AgentType { get; init; }

    public required string Endpoint { get; init; }

    public required IReadOnlyList<string> Capabilities { get; init; }

    public required string ContextBrief { get; init; }

    public required string Version { get; init; }

    public required string Owner { get; init; }

    public required string PublicKey { get; init; }

    public required JsonElement Metadata { get; init; }

    public required string CommunicationMode { get; init; }

    public IReadOnlyList<string>? Features { get; init; }

    public int? MaxTokens { get; init; }

    public IReadOnlyList<string>? LanguageSupport { get; init; }

    public int? RateLimit { get; init; }

    public IReadOnlyList<string>? Requirements { get; init; }

    public IReadOnlyList<string>? PolicyTags { get; init; }

    public string? AiContext { get; init; }

    /// <summary><c>alive</c> or <c>dead</c>.</summary>
    public required string Status { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public static AgentInfo Of(Agent agent, DateTimeOffset aliveSince) => new()
    {
        AgentId = agent.Id,
        Name = agent.Profile.Name,
        AgentType = agent.Profile.AgentType,
        Endpoint = agent.Profile.Endpoint,
        Capabilities = agent.Profile.Capabilities,
        ContextBrief = agent.Profile.ContextBrief,
        Version = agent.Profile.Version,
        Owner = agent.Profile.Owner,
        PublicKey = agent.Profile.PublicKey,
        Metadata = JsonElement.Parse(agent.Profile.Metadata),
        CommunicationMode = agent.Profile.CommunicationMode,
        Features = agent.Profile.Features,
        MaxTokens = agent.Profile.MaxTokens,
        LanguageSupport = agent.Profile.LanguageSupport,
        RateLimit = agent.Profile.RateLimit,
        Requirements = agent.Profile.Requirements,
        PolicyTags = agent.Profile.PolicyTags,
        AiContext = agent.Profile.AiContext,
        Status = agent.IsAliveSince(aliveSince) ? "alive" : "dead",
        LastSeen = agent.LastSeenAt,
        RegisteredAt = agent.RegisteredAt,
    };
}
