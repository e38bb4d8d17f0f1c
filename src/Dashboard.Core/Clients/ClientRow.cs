using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashboard.Core.Clients;

/// <summary>A client as every store keeps it: the columns of a table, or the fields of a hash.</summary>
/// <param name="Id">The key.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When, in milliseconds, like every time here.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
/// <param name="State">What people decided about it.</param>
/// <param name="Terms">What it may do, as JSON.</param>
/// <param name="Secrets">Its secrets' hashes, as JSON.</param>
/// <param name="SecretUses">When they were last used, by their ids, as JSON: changes with every use, and nothing else does.</param>
/// <param name="RegistrationTokenHash">The hash of the token that manages it.</param>
/// <param name="LastUsedAt">When it last authenticated.</param>
/// <param name="DecidedAt">When a person last decided about it.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="EndedReason">Why.</param>
/// <param name="EndedBy">Who ended it.</param>
/// <param name="UncutSince">When it ended, while what it was given is still to be revoked.</param>
/// <param name="Version">Counts its changes.</param>
internal sealed record ClientRow(
    string Id,
    string Name,
    string Origin,
    string CreatedBy,
    long CreatedAt,
    long? ExpiresAt,
    string State,
    string Terms,
    string Secrets,
    string SecretUses,
    byte[]? RegistrationTokenHash,
    long? LastUsedAt,
    long? DecidedAt,
    long? EndedAt,
    string? EndedReason,
    string? EndedBy,
    long? UncutSince,
    long Version)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static ClientRow Of(Client client) => new(
        client.Id,
        client.Name,
        client.Origin.ToString(),
        client.CreatedBy,
        client.CreatedAt.ToUnixTimeMilliseconds(),
        client.ExpiresAt?.ToUnixTimeMilliseconds(),
        client.State.ToString(),
        JsonSerializer.Serialize(ClientTerms.Of(client), Json),
        JsonSerializer.Serialize(client.Secrets.Select(StoredSecret.Of), Json),
        JsonSerializer.Serialize(
            client.Secrets.Where(secret => secret.LastUsedAt is not null)
                .ToDictionary(secret => secret.Id, secret => secret.LastUsedAt!.Value.ToUnixTimeMilliseconds()),
            Json),
        client.RegistrationTokenHash,
        client.LastUsedAt?.ToUnixTimeMilliseconds(),
        client.DecidedAt?.ToUnixTimeMilliseconds(),
        client.Ended?.At.ToUnixTimeMilliseconds(),
        client.Ended?.Reason.ToString(),
        client.Ended?.By,
        client.Ended is { IsCutOff: false } uncut ? uncut.At.ToUnixTimeMilliseconds() : null,
        client.Version);

    public Client ToClient()
    {
        var terms = JsonSerializer.Deserialize<ClientTerms>(Terms, Json)!;
        var uses = JsonSerializer.Deserialize<Dictionary<string, long>>(SecretUses, Json)!;
        return terms.Apply(new Client
        {
            Id = Id,
            Name = Name,
            Origin = Enum.Parse<ClientOrigin>(Origin),
            CreatedBy = CreatedBy,
            CreatedAt = Time(CreatedAt),
            ExpiresAt = Time(ExpiresAt),
            State = Enum.Parse<ClientState>(State),
            AuthMethod = default,
            GrantTypes = [],
            Secrets =
            [
                .. JsonSerializer.Deserialize<List<StoredSecret>>(Secrets, Json)!.Select(
                    secret => secret.ToSecret(uses.TryGetValue(secret.Id, out var at) ? Time(at) : null)),
            ],
            RegistrationTokenHash = RegistrationTokenHash,
            LastUsedAt = Time(LastUsedAt),
            DecidedAt = Time(DecidedAt),
            Ended = EndedAt is { } at
                ? new ClientEnding(Enum.Parse<ClientEndReason>(EndedReason!), Time(at), EndedBy!) { IsCutOff = UncutSince is null }
                : null,
            Version = Version,
        });
    }

    /// <summary>Without hashes.</summary>
    public override string ToString() => Id;

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static DateTimeOffset? Time(long? milliseconds) => milliseconds is { } value ? Time(value) : null;

    private sealed record StoredSecret(string Id, byte[] Hash, string Prefix, long CreatedAt, long? ExpiresAt)
    {
        public static StoredSecret Of(ClientSecret secret) => new(
            secret.Id,
            secret.Hash,
            secret.Prefix,
            secret.CreatedAt.ToUnixTimeMilliseconds(),
            secret.ExpiresAt?.ToUnixTimeMilliseconds());

        public ClientSecret ToSecret(DateTimeOffset? lastUsedAt) =>
            new(Id, Hash, Prefix, Time(CreatedAt), Time(ExpiresAt), lastUsedAt);
    }
}
