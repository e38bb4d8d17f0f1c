namespace Dashboard.Core.Agents;

/// <summary>
/// Lets one agent register. It has one secret, and for a while two where one takes over from the other: however many, they are
/// one key, and one agent lives by it.
/// </summary>
public sealed record AgentKey
{
    /// <summary>Names it, and is no secret.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, in the words of whoever made it.</summary>
    public required string Label { get; init; }

    public required AgentKeyOrigin Origin { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on it is refused, and its agent with it; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The newest last. Those before it work until they end.</summary>
    public required IReadOnlyList<AgentKeySecret> Secrets { get; init; }

    /// <summary>The types of agents that may register with it; empty for every allowed type.</summary>
    public IReadOnlyList<string> AllowedTypes { get; init; } = [];

    public bool IsEnabled { get; init; } = true;

    /// <summary>When an agent last asked with it; null where none did. Written in batches.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>The agent that did.</summary>
    public string? LastUsedBy { get; init; }

    /// <summary>Rises by one with every change, except for uses.</summary>
    public long Version { get; init; }

    /// <summary>What may be shown of it.</summary>
    public string Prefix => Secrets[^1].Prefix;

    /// <summary>Whether it may be used at a time, and if not, why.</summary>
    public AgentKeyStanding StandingAt(DateTimeOffset now) =>
        !IsEnabled ? AgentKeyStanding.Disabled : now >= ExpiresAt ? AgentKeyStanding.Expired : AgentKeyStanding.Good;

    /// <summary>Whether agents of a type may register with it.</summary>
    public bool Allows(string type) => AllowedTypes is [] || AllowedTypes.Contains(type, StringComparer.Ordinal);

    /// <summary>Without hashes.</summary>
    public override string ToString() => Id;
}

/// <summary>A secret of a key. Only its hash: whoever made it saw it once.</summary>
/// <param name="Hash">SHA-256 of the whole secret.</param>
/// <param name="Prefix">Its first characters, by which people tell secrets apart.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="EndsAt">From when on it is refused; null for as long as the key lasts.</param>
public sealed record AgentKeySecret(byte[] Hash, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? EndsAt)
{
    public bool WorksAt(DateTimeOffset now) => !(now >= EndsAt);

    /// <summary>Without the hash.</summary>
    public override string ToString() => Prefix;
}

/// <summary>Where a key came from.</summary>
public enum AgentKeyOrigin
{
    /// <summary>An operator made it here.</summary>
    Operator,

    /// <summary>The configuration names it.</summary>
    Configuration,
}

/// <summary>Whether a key may be used.</summary>
public enum AgentKeyStanding
{
    Good,
    Disabled,
    Expired,
}
