using System.Text.Json;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Scopes;

namespace Dashboard.OAuth.Registration;

/// <summary>A registration as RFC 7591 section 3.2.1 and RFC 7592 section 3 write it: what is stored, and no more.</summary>
internal sealed record RegistrationJson
{
    public required string ClientId { get; init; }

    /// <summary>Only where it was made just now: nobody can read it later.</summary>
    public string? ClientSecret { get; init; }

    public required long ClientIdIssuedAt { get; init; }

    /// <summary>0 for never. No secret lives longer than the registration.</summary>
    public required long ClientSecretExpiresAt { get; init; }

    public required string RegistrationAccessToken { get; init; }

    public required string RegistrationClientUri { get; init; }

    public required string ClientName { get; init; }

    public required string TokenEndpointAuthMethod { get; init; }

    public required IReadOnlyList<string> GrantTypes { get; init; }

    public required IReadOnlyList<string> ResponseTypes { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public required string Scope { get; init; }

    /// <summary>Absent for the deployment's default.</summary>
    public string? AccessTokenSignedResponseAlg { get; init; }

    public required string ApplicationType { get; init; }

    public string? ClientUri { get; init; }

    public string? LogoUri { get; init; }

    public string? TosUri { get; init; }

    public string? PolicyUri { get; init; }

    public IReadOnlyList<string>? Contacts { get; init; }

    public string? SoftwareId { get; init; }

    public string? SoftwareVersion { get; init; }

    public JsonElement? Jwks { get; init; }

    public string? JwksUri { get; init; }

    public static RegistrationJson Of(RegistrationOutcome.Registered registered, string issuer)
    {
        var client = registered.Client;
        var details = client.Details;
        return new RegistrationJson
        {
            ClientId = client.Id,
            ClientSecret = registered.Secret,
            ClientIdIssuedAt = client.CreatedAt.ToUnixTimeSeconds(),
            ClientSecretExpiresAt = SecretExpiryOf(client)?.ToUnixTimeSeconds() ?? 0,
            RegistrationAccessToken = registered.RegistrationToken,
            RegistrationClientUri = $"{issuer.TrimEnd('/')}{RegistrationEndpoints.Path}/{client.Id}",
            ClientName = client.Name,
            TokenEndpointAuthMethod = client.AuthMethod.Name,
            GrantTypes = client.GrantTypes,
            ResponseTypes = client.Allows(Core.Clients.GrantTypes.AuthorizationCode) ? ["code"] : [],
            RedirectUris = client.RedirectUris,
            Scope = ScopeText.Join(client.Scopes),
            AccessTokenSignedResponseAlg = client.AccessTokenAlgorithm?.ToString(),
            ApplicationType = details.ApplicationType,
            ClientUri = details.ClientUri,
            LogoUri = details.LogoUri,
            TosUri = details.TosUri,
            PolicyUri = details.PolicyUri,
            Contacts = details.Contacts is [] ? null : details.Contacts,
            SoftwareId = details.SoftwareId,
            SoftwareVersion = details.SoftwareVersion,
            Jwks = details.Jwks is { } jwks ? JsonSerializer.Deserialize<JsonElement>(jwks) : null,
            JwksUri = details.JwksUri,
        };
    }

    /// <summary>Without secrets.</summary>
    public override string ToString() => ClientId;

    // That of the secret which works longest: the client may have moved on to it.
    private static DateTimeOffset? SecretExpiryOf(Client client)
    {
        var secret = client.Secrets.Any(secret => secret.ExpiresAt is null) ? null : client.Secrets.Max(secret => secret.ExpiresAt);
        return client.ExpiresAt is { } end && !(secret < end) ? end : secret;
    }
}
