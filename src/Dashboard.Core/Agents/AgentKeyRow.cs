using System.Text.Json;

namespace Dashboard.Core.Agents;

/// <summary>A key as every store keeps it. Times are in milliseconds.</summary>
/// <param name="Id">The key.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="Hash">The hash of its newest secret, which no other key has.</param>
/// <param name="Secrets">All of them, as JSON.</param>
/// <param name="AllowedTypes">Types of agents, separated by spaces.</param>
/// <param name="IsEnabled">1 where it may be used.</param>
/// <param name="LastUsedAt">When an agent last asked with it.</param>
/// <param name="LastUsedBy">Which.</param>
/// <param name="Version">Counts its changes.</param>
internal sealed record AgentKeyRow(
    string Id,
    string Label,
    string Origin,
    string CreatedBy,
    long CreatedAt,
    long? ExpiresAt,
    byte[] Hash,
    string Secrets,
    string AllowedTypes,
    long IsEnabled,
    long? LastUsedAt,
    string? LastUsedBy,
    long Version)
{
    public static AgentKeyRow Of(AgentKey key) => new(
        key.Id,
        key.Label,
        key.Origin.ToString(),
        key.CreatedBy,
        key.CreatedAt.ToUnixTimeMilliseconds(),
        key.ExpiresAt?.ToUnixTimeMilliseconds(),
        key.Secrets[^1].Hash,
        JsonSerializer.Serialize(key.Secrets.Select(StoredSecret.Of), AgentRowJson.Options),
        string.Join(' ', key.AllowedTypes),
        key.IsEnabled ? 1 : 0,
        key.LastUsedAt?.ToUnixTimeMilliseconds(),
        key.LastUsedBy,
        key.Version);

    public AgentKey ToKey() => new()
    {
        Id = Id,
        Label = Label,
        Origin = Enum.Parse<AgentKeyOrigin>(Origin),
        CreatedBy = CreatedBy,
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
        ExpiresAt = TimeOf(ExpiresAt),
        Secrets = [.. JsonSerializer.Deserialize<List<StoredSecret>>(Secrets, AgentRowJson.Options)!.Select(secret => secret.ToSecret())],
        AllowedTypes = AgentOptions.Split(AllowedTypes),
        IsEnabled = IsEnabled != 0,
        LastUsedAt = TimeOf(LastUsedAt),
        LastUsedBy = LastUsedBy,
        Version = Version,
    };

    /// <summary>Without hashes.</summary>
    public override string ToString() => Id;

    private static DateTimeOffset? TimeOf(long? milliseconds) =>
        milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;

    private sealed record StoredSecret(byte[] Hash, string Prefix, long CreatedAt, long? EndsAt)
    {
        public static StoredSecret Of(AgentKeySecret secret) => new(
            secret.Hash, secret.Prefix, secret.CreatedAt.ToUnixTimeMilliseconds(), secret.EndsAt?.ToUnixTimeMilliseconds());

        public AgentKeySecret ToSecret() =>
            new(Hash, Prefix, DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt), TimeOf(EndsAt));
    }
}
