using Dashboard.Core.Grants;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;

namespace Dashboard.Hosting.Settings.Catalogue;

/// <summary>What tokens say, how long they live, and what they open.</summary>
internal static class TokenSettings
{
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("Tokens", TokenOptions.Section, typeof(TokenOptions),
        [
            new(
                nameof(TokenOptions.AccessTokenLifetime),
                "The lifetime of access and minted tokens that ask for none.")
            {
                Alias = "ACCESS_TOKEN_LIFETIME",
            },
            new(
                nameof(TokenOptions.OperatorTokenLifetime),
                "The lifetime of the tokens that operators get by logging in to the API."),
            new(nameof(TokenOptions.MaximumLifetime), "No token but a refresh token lives longer, whoever asks."),
            new(
                nameof(TokenOptions.RefreshTokenLifetime),
                "How long a family of refresh tokens lives, however often it is used.")
            {
                Alias = "REFRESH_TOKEN_LIFETIME",
            },
            new(
                nameof(TokenOptions.RefreshGrace),
                "How long a used refresh token is answered once more with the same successor; zero for never."),
            new(
                nameof(TokenOptions.BindAddress),
                "Whether clients' access tokens are bound to the address that they were given to.")
            {
                Alias = "TOKEN_BIND_IP",
            },
            new(
                nameof(TokenOptions.BindUserAgent),
                "Whether clients' access tokens are bound to the User-Agent that they were given to.")
            {
                Alias = "TOKEN_BIND_UA",
            },
            new(nameof(TokenOptions.ClockSkew), "How much the clocks of issuer and validator may differ."),
            new(nameof(TokenOptions.LedgerRetention), "How long a row stays in the ledger after its token expired."),
            new(
                nameof(TokenOptions.ExtraClaims),
                "Claims that every token of this deployment carries.")
            {
                Alias = GatewayNames.CustomClaims,
            },
        ]),
        new("Grants", GrantOptions.Section, typeof(GrantOptions),
        [
            new(nameof(GrantOptions.CodeLifetime), "How long an authorization code is good for."),
        ]),
        new("Scopes", ScopeOptions.Section, typeof(ScopeOptions),
        [
            new(nameof(ScopeOptions.Hierarchy), "Scopes, and what each of them implies."),
            new(nameof(ScopeOptions.Resources), "Protected resources, and the scopes that each of them requires."),
        ]),
        new("Protected resources", ProtectedResourceOptions.Section, typeof(ProtectedResourceOptions),
        [
            new(nameof(ProtectedResourceOptions.ProtectedResources), "The APIs that tokens are issued for.")
            {
                Members =
                [
                    new(nameof(ProtectedResource.Resource), "Where the API is, and the aud of its tokens."),
                    new(nameof(ProtectedResource.Name), "What people call it."),
                    new(nameof(ProtectedResource.Scopes), "The scopes that every request to it needs, all of them."),
                ],
            },
            new(
                nameof(ProtectedResourceOptions.OtherHosts),
                "Hosts behind a reverse proxy that are no resources: tokens for Signet's own audience open all that is there."),
        ]),
    ];
}
