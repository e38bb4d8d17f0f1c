using Dashboard.Core.Keys;

namespace Dashboard.Core.Clients;

/// <summary>The part of a registration that stores keep as one JSON object. Names of members are part of what is stored.</summary>
internal sealed record ClientTerms
{
    public required string AuthMethod { get; init; }

    public required IReadOnlyList<string> GrantTypes { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public required IReadOnlyList<string> Scopes { get; init; }

    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>Not in rows of earlier versions.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    public TimeSpan? AccessTokenLifetime { get; init; }

    /// <summary>Not in rows of earlier versions.</summary>
    public string? AccessTokenAlgorithm { get; init; }

    public TimeSpan? RefreshTokenLifetime { get; init; }

    public bool IsVerified { get; init; }

    public bool MayIntrospectAll { get; init; }

    public string? ExtraClaims { get; init; }

    public required ClientDetails Details { get; init; }

    public static ClientTerms Of(Client client) => new()
    {
        AuthMethod = client.AuthMethod.Name,
        GrantTypes = client.GrantTypes,
        RedirectUris = client.RedirectUris,
        Scopes = client.Scopes,
        Resources = client.Resources,
        Audiences = client.Audiences,
        AccessTokenLifetime = client.AccessTokenLifetime,
        AccessTokenAlgorithm = client.AccessTokenAlgorithm?.ToString(),
        RefreshTokenLifetime = client.RefreshTokenLifetime,
        IsVerified = client.IsVerified,
        MayIntrospectAll = client.MayIntrospectAll,
        ExtraClaims = client.ExtraClaims,
        Details = client.Details,
    };

    public Client Apply(Client client) => client with
    {
        AuthMethod = ClientAuthMethods.Parse(AuthMethod) ?? throw new InvalidDataException($"'{AuthMethod}' is no authentication method."),
        GrantTypes = GrantTypes,
        RedirectUris = RedirectUris,
        Scopes = Scopes,
        Resources = Resources,
        Audiences = Audiences,
        AccessTokenLifetime = AccessTokenLifetime,
        AccessTokenAlgorithm = KeyAlgorithms.Parse(AccessTokenAlgorithm),
        RefreshTokenLifetime = RefreshTokenLifetime,
        IsVerified = IsVerified,
        MayIntrospectAll = MayIntrospectAll,
        ExtraClaims = ExtraClaims,
        Details = Details,
    };
}
