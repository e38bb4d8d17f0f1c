using Dashboard.Core.Clients;
using Dashboard.Hosting;

namespace Dashboard.OAuth;

/// <summary>The parameters of the OAuth endpoints, for the API's description.</summary>
internal static class OAuthFormFields
{
    /// <summary>Of a request for a token.</summary>
    public static readonly IReadOnlyList<ApiValue> OfToken =
    [
        new("grant_type", "What the token is asked for with.")
        {
            IsRequired = true,
            Choices = [GrantTypes.AuthorizationCode, GrantTypes.ClientCredentials, GrantTypes.RefreshToken],
        },
        new("code", "With authorization_code: the code, good once."),
        new("redirect_uri", "With authorization_code: the address that the code was sent to."),
        new("code_verifier", "With authorization_code: what the code_challenge was made from (RFC 7636)."),
        new("refresh_token", "With refresh_token: the newest of its family; it is replaced."),
        new("scope", "Scopes separated by spaces; all that the client may have without it, never more."),
        new("resource", "The API that the token is for (RFC 8707)."),
    ];

    /// <summary>Of a request about a token.</summary>
    public static readonly IReadOnlyList<ApiValue> OfTokenAsked =
    [
        new("token", "The token.") { IsRequired = true },
        new("token_type_hint", "Not needed: tokens show of which kind they are."),
    ];

    /// <summary>Of an API's request for what is revoked.</summary>
    public static readonly IReadOnlyList<ApiValue> OfRevocations =
        [new("since", "The cursor of the answer before; without it everything that still counts is told.")];

    /// <summary>Of an API's word of tokens that were shown to it.</summary>
    public static readonly IReadOnlyList<ApiValue> OfPresentations =
    [
        new("presentations", "A JSON array of at most 500 objects with jti and at (seconds since 1970), and perhaps ip and user_agent.")
        {
            IsRequired = true,
        },
    ];

    /// <summary>What a client proves itself with, where it does not do so in the Authorization header.</summary>
    public static readonly IReadOnlyList<ApiValue> OfClient =
    [
        new("client_id", "The client, with client_secret, with client_assertion, or alone for a public client."),
        new("client_secret", "Its secret (client_secret_post)."),
        new("client_assertion", "A JWT that it signed (private_key_jwt, RFC 7523)."),
        new("client_assertion_type", "With client_assertion.") { Choices = ["urn:ietf:params:oauth:client-assertion-type:jwt-bearer"] },
    ];
}
