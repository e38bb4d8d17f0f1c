namespace Dashboard.Core.Gateway;

/// <summary>All that an MCP OAuth Gateway keeps, wherever it was read: in its Redis, or in a backup that it made.</summary>
public sealed record GatewayData
{
    /// <summary>When it was read, or backed up: lifetimes count from here.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>By client id.</summary>
    public IReadOnlyList<GatewayEntry> Registrations { get; init; } = [];

    /// <summary>Access tokens, by <c>jti</c>.</summary>
    public IReadOnlyList<GatewayEntry> Tokens { get; init; } = [];

    /// <summary>By the token itself, which is a secret.</summary>
    public IReadOnlyList<GatewayEntry> RefreshTokens { get; init; } = [];

    /// <summary>Which access tokens a person has, by user name.</summary>
    public IReadOnlyList<GatewayEntry> UserTokens { get; init; } = [];

    /// <summary>Authorizations that have begun.</summary>
    public IReadOnlyList<GatewayEntry> States { get; init; } = [];

    /// <summary>Authorization codes.</summary>
    public IReadOnlyList<GatewayEntry> Codes { get; init; } = [];

    /// <summary>Sessions of the MCP proxies beside it.</summary>
    public IReadOnlyList<GatewayEntry> Sessions { get; init; } = [];

    /// <summary>Without what is in it.</summary>
    public override string ToString() => $"{Registrations.Count} registrations, {Tokens.Count} tokens";
}

/// <summary>One key of a gateway's Redis.</summary>
/// <param name="Name">Without the beginning that says what it is.</param>
/// <param name="Type"><c>string</c>, <c>set</c>, <c>list</c> or <c>hash</c>.</param>
/// <param name="Ttl">After how many seconds it goes; below 0 for never.</param>
/// <param name="Value">The text; of anything else JSON. Null where it was not read, or is missing.</param>
public sealed record GatewayEntry(string Name, string Type, long Ttl, string? Value)
{
    /// <summary>Without anything secret, which names and values can be.</summary>
    public override string ToString() => Type;
}
