namespace Dashboard.Failures;

/// <summary>What the codes of OAuth mean.</summary>
internal static class OAuthRefusalWords
{
    /// <summary>The words for a code of OAuth; null for every other.</summary>
    public static CodeWords? Of(string code) => code switch
    {
        "invalid_client" => new CodeWords(
            "Client not authenticated",
            "Clients sent a wrong or an ended secret, or none. Typical after a secret was rotated.",
            "Whoever runs the client must put the new secret in. An administrator sees on the client's page which secrets "
            + "work and when each was last used."),
        "invalid_grant" => new CodeWords(
            "Grant refused",
            "Codes or refresh tokens were used twice, too late, or by another client.",
            "The client should start again with a login. If a refresh token was used twice, a security reviewer should ask "
            + "who else has it."),
        "invalid_request" => new CodeWords(
            "Request not understood",
            "Requests lacked a parameter, or had one twice or wrong.",
            "The client's developer must correct the request; the report names the parameter."),
        "invalid_scope" => new CodeWords(
            "Scope refused",
            "Clients ask for scopes that they may not have, or that do not exist.",
            "An administrator can allow the scope on the client's page, or its developer asks for less."),
        "invalid_target" => new CodeWords(
            "Audience refused",
            "Clients ask for tokens for an API that they may not ask for.",
            "An administrator can add the audience on the client's page."),
        "invalid_token" => new CodeWords("Token refused", "A token that came with the request was not accepted.", CodeWords.OpenReport),
        "unauthorized_client" => new CodeWords(
            "Grant not allowed",
            "Clients use a grant that they are not registered for.",
            "An administrator can allow it on the client's page."),
        "unsupported_grant_type" => new CodeWords(
            "Unknown grant",
            "Clients ask in a way that there is not.",
            "The client's developer must use a grant that the server's metadata lists."),
        "unsupported_response_type" => new CodeWords(
            "Unknown response type",
            "Applications ask for another answer than a code.",
            "The application's developer must use response_type=code with PKCE."),
        "access_denied" => new CodeWords(
            "Access denied",
            "Somebody did not allow an application to act for them, or may not.",
            "Nothing to do, unless those people wanted to allow it."),
        "login_required" or "consent_required" => new CodeWords(
            "Login or consent needed",
            "Applications asked without showing anything, where something had to be shown.",
            "The application should ask again without prompt=none."),
        "request_not_supported" or "request_uri_not_supported" => new CodeWords(
            "Request object",
            "Applications send their parameters as an object, which is not supported.",
            "The application's developer must send plain parameters."),
        "invalid_redirect_uri" or "invalid_client_metadata" or "invalid_software_statement" => new CodeWords(
            "Registration refused",
            "Clients register with something that is not allowed.",
            "The client's developer must correct the registration; the report names the field."),
        "temporarily_unavailable" => new CodeWords(
            "Too busy, or store unreachable",
            "The server could not answer then.",
            "An administrator should look at the health on the overview."),
        "server_error" => new CodeWords(
            "Fault of Signet",
            "Something went wrong inside Signet.",
            "An administrator should look the reference up in the log and report it."),
        _ => null,
    };
}
