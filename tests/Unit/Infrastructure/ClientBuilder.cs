using Dashboard.Core.Clients;
using Dashboard.Core.Keys;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>Clients with valid defaults.</summary>
internal static class ClientBuilder
{
    public static Client Client(string id = "client-1") => new()
    {
        Id = id,
        Name = $"The {id}",
        Origin = ClientOrigin.Operator,
        CreatedBy = "alice",
        CreatedAt = LedgerRows.Start,
        AuthMethod = ClientAuthMethod.ClientSecretBasic,
        GrantTypes = [GrantTypes.ClientCredentials],
        Scopes = ["files:read"],
        Secrets = [Secret("s-1")],
    };

    /// <summary>One with something in every member.</summary>
    public static Client Full(string id = "full") => Client(id) with
    {
        Name = "Ünïcode \U0001F600 '\"<b>",
        Origin = ClientOrigin.SelfRegistered,
        ExpiresAt = LedgerRows.Start.AddDays(90),
        State = ClientState.Pending,
        IsVerified = true,
        AuthMethod = ClientAuthMethod.PrivateKeyJwt,
        GrantTypes = [.. GrantTypes.All],
        RedirectUris = ["https://app.example.com/cb?x=1&y=%2F", "http://127.0.0.1/cb"],
        Scopes = ["files:read", "files:*"],
        Resources = ["https://api.example.com/"],
        Audiences = ["https://api.example.com/mcp"],
        AccessTokenLifetime = TimeSpan.FromMinutes(7),
        AccessTokenAlgorithm = KeyAlgorithm.PS256,
        RefreshTokenLifetime = TimeSpan.FromDays(400),
        MayIntrospectAll = true,
        ExtraClaims = """{"tenant":"é","level":[1,{}]}""",
        Details = new ClientDetails
        {
            ApplicationType = "native",
            ClientUri = "https://app.example.com",
            LogoUri = "https://app.example.com/logo.png",
            TosUri = "https://app.example.com/tos",
            PolicyUri = "https://app.example.com/policy",
            Contacts = ["ops@example.com"],
            SoftwareId = "app",
            SoftwareVersion = "1.2",
            Jwks = """{"keys":[]}""",
            JwksUri = "https://app.example.com/jwks",
        },
        Secrets = [Secret("s-1"), Secret("s-2") with { ExpiresAt = LedgerRows.Start.AddDays(3), LastUsedAt = LedgerRows.Start.AddSeconds(4) }],
        RegistrationTokenHash = [0, 1, 255],
        LastUsedAt = LedgerRows.Start.AddSeconds(5),
        DecidedAt = LedgerRows.Start.AddSeconds(6),
        Version = 7,
    };

    public static Client SelfRegistered(string id) => Client(id) with { Origin = ClientOrigin.SelfRegistered };

    public static ClientSecret Secret(string id) =>
        new(id, [1, 2, 3, 0, 255], "sgt_cs_abcde", LedgerRows.Start, null, null);

    public static ClientDraft Draft() => new()
    {
        Name = "Reports",
        GrantTypes = [GrantTypes.ClientCredentials],
        Scopes = ["files:read"],
    };
}
