using Dashboard.Core.Keys;

namespace Dashboard.Core.Clients;

/// <summary>What people, the configuration, or a client itself ask a registration to be. Not yet checked.</summary>
public sealed record ClientDraft
{
    public required string Name { get; init; }

    public ClientAuthMethod AuthMethod { get; init; } = ClientAuthMethod.ClientSecretBasic;

    /// <summary>As <see cref="Clients.GrantTypes"/> names them.</summary>
    public IReadOnlyList<string> GrantTypes { get; init; } = [Clients.GrantTypes.AuthorizationCode, Clients.GrantTypes.RefreshToken];

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    public IReadOnlyList<string> Scopes { get; init; } = [];

    public IReadOnlyList<string> Resources { get; init; } = [];

    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>From now on; null for a registration that never expires. Only for new ones: others are renewed.</summary>
    public TimeSpan? Lifetime { get; init; }

    public TimeSpan? AccessTokenLifetime { get; init; }

    public KeyAlgorithm? AccessTokenAlgorithm { get; init; }

    public TimeSpan? RefreshTokenLifetime { get; init; }

    public bool IsVerified { get; init; }

    public bool MayIntrospectAll { get; init; }

    /// <summary>A JSON object; null for none.</summary>
    public string? ExtraClaims { get; init; }

    public ClientDetails Details { get; init; } = ClientDetails.None;

    /// <summary>A client as it is, to be changed.</summary>
    public static ClientDraft Of(Client client) => new()
    {
        Name = client.Name,
        AuthMethod = client.AuthMethod,
        GrantTypes = client.GrantTypes,
        RedirectUris = client.RedirectUris,
        Scopes = client.Scopes,
        Resources = client.Resources,
        Audiences = client.Audiences,
        AccessTokenLifetime = client.AccessTokenLifetime,
        AccessTokenAlgorithm = client.AccessTokenAlgorithm,
        RefreshTokenLifetime = client.RefreshTokenLifetime,
        IsVerified = client.IsVerified,
        MayIntrospectAll = client.MayIntrospectAll,
        ExtraClaims = client.ExtraClaims,
        Details = client.Details,
    };
}
