using System.Text.Json;
using Dashboard.Core.Clients;

namespace Dashboard.Hosting.Clients;

/// <summary>
/// A client as the API shows it, its metadata named as in RFC 7591: nothing that could act in its place, but for a secret at
/// the moment it is made.
/// </summary>
internal sealed record ClientJson
{
    public required string ClientId { get; init; }

    public required string ClientName { get; init; }

    /// <summary>What it may do now: <c>active</c>, <c>pending</c>, <c>disabled</c>, <c>expired</c> or <c>ended</c>.</summary>
    public required string Status { get; init; }

    public required string Type { get; init; }

    public required string Origin { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public required bool Verified { get; init; }

    public required string TokenEndpointAuthMethod { get; init; }

    public required IReadOnlyList<string> GrantTypes { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public required string Scope { get; init; }

    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>Those that it is the API of: it may introspect the tokens for them.</summary>
    public required IReadOnlyList<string> Audiences { get; init; }

    /// <summary>Seconds; absent for the deployment's.</summary>
    public long? AccessTokenLifetime { get; init; }

    /// <summary>Seconds; absent for the deployment's.</summary>
    /// <summary>What its access tokens are signed with; absent for the deployment's default.</summary>
    public string? AccessTokenSignedResponseAlg { get; init; }

    public long? RefreshTokenLifetime { get; init; }

    public required bool MayIntrospectAll { get; init; }

    public JsonElement? ExtraClaims { get; init; }

    public required string ApplicationType { get; init; }

    public string? ClientUri { get; init; }

    public string? LogoUri { get; init; }

    public string? TosUri { get; init; }

    public string? PolicyUri { get; init; }

    public required IReadOnlyList<string> Contacts { get; init; }

    public string? SoftwareId { get; init; }

    public string? SoftwareVersion { get; init; }

    public JsonElement? Jwks { get; init; }

    public string? JwksUri { get; init; }

    public required IReadOnlyList<ClientSecretJson> Secrets { get; init; }

    public required bool HasRegistrationToken { get; init; }

    public ClientEndingJson? Ended { get; init; }

    public required long Version { get; init; }

    /// <summary>Shown this once.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>Shown this once.</summary>
    public string? RegistrationAccessToken { get; init; }

    public static ClientJson Of(Client client, DateTimeOffset now) => new()
    {
        ClientId = client.Id,
        ClientName = client.Name,
        Status = ClientNames.NameOf(client.StandingAt(now)),
        Type = ClientNames.NameOfType(client.IsPublic),
        Origin = ClientNames.NameOf(client.Origin),
        CreatedBy = client.CreatedBy,
        CreatedAt = client.CreatedAt,
        ExpiresAt = client.ExpiresAt,
        LastUsedAt = client.LastUsedAt,
        Verified = client.IsVerified,
        TokenEndpointAuthMethod = client.AuthMethod.Name,
        GrantTypes = client.GrantTypes,
        RedirectUris = client.RedirectUris,
        Scope = string.Join(' ', client.Scopes),
        Resources = client.Resources,
        Audiences = client.Audiences,
        AccessTokenLifetime = (long?)client.AccessTokenLifetime?.TotalSeconds,
        AccessTokenSignedResponseAlg = client.AccessTokenAlgorithm?.ToString(),
        RefreshTokenLifetime = (long?)client.RefreshTokenLifetime?.TotalSeconds,
        MayIntrospectAll = client.MayIntrospectAll,
        ExtraClaims = Parse(client.ExtraClaims),
        ApplicationType = client.Details.ApplicationType,
        ClientUri = client.Details.ClientUri,
        LogoUri = client.Details.LogoUri,
        TosUri = client.Details.TosUri,
        PolicyUri = client.Details.PolicyUri,
        Contacts = client.Details.Contacts,
        SoftwareId = client.Details.SoftwareId,
        SoftwareVersion = client.Details.SoftwareVersion,
        Jwks = Parse(client.Details.Jwks),
        JwksUri = client.Details.JwksUri,
        Secrets = [.. client.Secrets.Select(ClientSecretJson.Of)],
        HasRegistrationToken = client.RegistrationTokenHash is not null,
        Ended = client.Ended is { } ended ? new ClientEndingJson(ClientNames.NameOf(ended.Reason), ended.At, ended.By) : null,
        Version = client.Version,
    };

    /// <summary>Without secrets.</summary>
    public override string ToString() => ClientId;

    private static JsonElement? Parse(string? json) => json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
}

/// <summary>A secret by its first characters.</summary>
internal sealed record ClientSecretJson(
    string Id, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    public static ClientSecretJson Of(ClientSecret secret) =>
        new(secret.Id, secret.Prefix, secret.CreatedAt, secret.ExpiresAt, secret.LastUsedAt);
}

/// <summary>How a client ended.</summary>
internal sealed record ClientEndingJson(string Reason, DateTimeOffset At, string By);
