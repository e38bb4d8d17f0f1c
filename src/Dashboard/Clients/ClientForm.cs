using Dashboard.Core.Clients;
using Dashboard.Core.Keys;

namespace Dashboard.Clients;

/// <summary>A registration as it is typed: lists are text, one entry a line or word.</summary>
public sealed class ClientForm
{
    private static readonly char[] Lines = ['\r', '\n'];
    private static readonly char[] Words = [' ', ',', '\t', '\r', '\n'];

    public string Name { get; set; } = "";

    public ClientAuthMethod AuthMethod { get; set; } = ClientAuthMethod.ClientSecretBasic;

    public HashSet<string> GrantTypes { get; } =
        new([Core.Clients.GrantTypes.AuthorizationCode, Core.Clients.GrantTypes.RefreshToken], StringComparer.Ordinal);

    public string RedirectUris { get; set; } = "";

    public string Scopes { get; set; } = "";

    public string Resources { get; set; } = "";

    public string Audiences { get; set; } = "";

    /// <summary>Null for a registration that never expires; only for new ones.</summary>
    public TimeSpan? Lifetime { get; set; }

    public TimeSpan? AccessTokenLifetime { get; set; }

    public TimeSpan? RefreshTokenLifetime { get; set; }

    /// <summary>Null for the deployment's default.</summary>
    public KeyAlgorithm? AccessTokenAlgorithm { get; set; }

    /// <summary>Whoever registers a client vouches for it, unless they say otherwise.</summary>
    public bool IsVerified { get; set; } = true;

    public bool MayIntrospectAll { get; set; }

    public string ExtraClaims { get; set; } = "";

    public bool IsNative { get; set; }

    public string ClientUri { get; set; } = "";

    public string LogoUri { get; set; } = "";

    public string TosUri { get; set; } = "";

    public string PolicyUri { get; set; } = "";

    public string Contacts { get; set; } = "";

    public string SoftwareId { get; set; } = "";

    public string SoftwareVersion { get; set; } = "";

    public string Jwks { get; set; } = "";

    public string JwksUri { get; set; } = "";

    /// <summary>A registration as it is, to be changed.</summary>
    public static ClientForm Of(Client client)
    {
        var form = new ClientForm
        {
            Name = client.Name,
            AuthMethod = client.AuthMethod,
            RedirectUris = string.Join('\n', client.RedirectUris),
            Scopes = string.Join(' ', client.Scopes),
            Resources = string.Join('\n', client.Resources),
            Audiences = string.Join('\n', client.Audiences),
            AccessTokenLifetime = client.AccessTokenLifetime,
            RefreshTokenLifetime = client.RefreshTokenLifetime,
            AccessTokenAlgorithm = client.AccessTokenAlgorithm,
            IsVerified = client.IsVerified,
            MayIntrospectAll = client.MayIntrospectAll,
            ExtraClaims = client.ExtraClaims ?? "",
            IsNative = client.Details.ApplicationType is "native",
            ClientUri = client.Details.ClientUri ?? "",
            LogoUri = client.Details.LogoUri ?? "",
            TosUri = client.Details.TosUri ?? "",
            PolicyUri = client.Details.PolicyUri ?? "",
            Contacts = string.Join('\n', client.Details.Contacts),
            SoftwareId = client.Details.SoftwareId ?? "",
            SoftwareVersion = client.Details.SoftwareVersion ?? "",
            Jwks = client.Details.Jwks ?? "",
            JwksUri = client.Details.JwksUri ?? "",
        };
        form.GrantTypes.Clear();
        form.GrantTypes.UnionWith(client.GrantTypes);
        return form;
    }

    /// <summary>The same for the core. What a choice made unnecessary stays typed, and is not sent.</summary>
    public ClientDraft ToDraft() => new()
    {
        Name = Name.Trim(),
        AuthMethod = AuthMethod,
        GrantTypes = [.. Core.Clients.GrantTypes.All.Where(GrantTypes.Contains)],
        RedirectUris = GrantTypes.Contains(Core.Clients.GrantTypes.AuthorizationCode) ? Split(RedirectUris, Lines) : [],
        Scopes = [.. Split(Scopes, Words).Distinct(StringComparer.Ordinal)],
        Resources = Split(Resources, Lines),
        Audiences = Split(Audiences, Lines),
        Lifetime = Lifetime,
        AccessTokenLifetime = AccessTokenLifetime,
        AccessTokenAlgorithm = AccessTokenAlgorithm,
        RefreshTokenLifetime = GrantTypes.Contains(Core.Clients.GrantTypes.RefreshToken) ? RefreshTokenLifetime : null,
        IsVerified = IsVerified,
        MayIntrospectAll = MayIntrospectAll,
        ExtraClaims = NullIfEmpty(ExtraClaims),
        Details = new ClientDetails
        {
            ApplicationType = IsNative ? "native" : "web",
            ClientUri = NullIfEmpty(ClientUri),
            LogoUri = NullIfEmpty(LogoUri),
            TosUri = NullIfEmpty(TosUri),
            PolicyUri = NullIfEmpty(PolicyUri),
            Contacts = Split(Contacts, Lines),
            SoftwareId = NullIfEmpty(SoftwareId),
            SoftwareVersion = NullIfEmpty(SoftwareVersion),
            Jwks = AuthMethod is ClientAuthMethod.PrivateKeyJwt ? NullIfEmpty(Jwks) : null,
            JwksUri = AuthMethod is ClientAuthMethod.PrivateKeyJwt ? NullIfEmpty(JwksUri) : null,
        },
    };

    private static string? NullIfEmpty(string text) => text.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static string[] Split(string text, char[] separators) =>
        text.Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
