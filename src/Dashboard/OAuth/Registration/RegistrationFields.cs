using Dashboard.Core.Clients;
using Dashboard.Core.Keys;
using Dashboard.Hosting;

namespace Dashboard.OAuth.Registration;

/// <summary>What a client may say of itself, for the API's description. Other members are not read.</summary>
internal static class RegistrationFields
{
    public static readonly IReadOnlyList<ApiValue> All =
    [
        new("client_name", "What people call it."),
        new("redirect_uris", "Where people are sent back to; needed for authorization_code.") { Kind = ApiValueKind.Texts },
        new("grant_types", "What it gets tokens with; authorization_code without it.") { Kind = ApiValueKind.Texts },
        new("response_types", "code with authorization_code, none without it.") { Kind = ApiValueKind.Texts },
        new("token_endpoint_auth_method", "How it proves who it is; client_secret_basic without it.")
        {
            Choices = [.. Enum.GetValues<ClientAuthMethod>().Select(method => method.Name)],
        },
        new("scope", "The scopes that it may ask for, separated by spaces."),
        new("access_token_signed_response_alg", $"What its tokens are signed with, where it has a choice: {KeyAlgorithms.Names}."),
        new("application_type", "web or native."),
        new("client_uri", "Its own page."),
        new("logo_uri", "Its picture."),
        new("tos_uri", "Its terms."),
        new("policy_uri", "Its privacy policy."),
        new("contacts", "Addresses of people who look after it.") { Kind = ApiValueKind.Texts },
        new("software_id", "Which software it is."),
        new("software_version", "Which version of it."),
        new("jwks", "Its public keys, for private_key_jwt; or jwks_uri.") { Kind = ApiValueKind.Json },
        new("jwks_uri", "Where its public keys are, for private_key_jwt; or jwks."),
    ];
}
