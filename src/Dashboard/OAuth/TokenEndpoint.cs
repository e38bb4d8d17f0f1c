using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Grants;
using Dashboard.Core.Scopes;
using Dashboard.Hosting;

namespace Dashboard.OAuth;

/// <summary>Gives tokens to clients (RFC 6749 sections 4.1.3, 4.4 and 6).</summary>
internal static class TokenEndpoint
{
    /// <summary>Gives tokens to clients (RFC 6749).</summary>
    /// <remarks>For client_credentials, authorization_code with PKCE, and refresh_token, which is replaced at each use.</remarks>
    [OAuthRefuses(400, "invalid_grant", "invalid_scope", "invalid_target", "unauthorized_client", "unsupported_grant_type")]
    [OAuthRefuses(401, "invalid_client")]
    internal static async Task<IResult> HandleAsync(
        HttpContext context, ClientAuthentication authentication, TokenGrants grants, CancellationToken cancellationToken) =>
        await ClientRequest.ReadAsync(context, authentication, cancellationToken) switch
        {
            ClientRequest.Good { Client: var client, Form: var form } =>
                await GrantAsync(client, form, grants, context, cancellationToken),
            ClientRequest.Refused { Refusal: var refusal } => refusal,
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };

    private static async Task<IResult> GrantAsync(
        Client client, OAuthForm form, TokenGrants grants, HttpContext context, CancellationToken cancellationToken)
    {
        var (scope, resource, origin) = (form["scope"], form["resource"], context.Origin());
        switch (form["grant_type"])
        {
            case GrantTypes.ClientCredentials:
                return Answer(await grants.ClientCredentialsAsync(
                    client, new GrantRequest(scope, resource, origin), cancellationToken));
            case GrantTypes.AuthorizationCode:
                return form["code"] is not { } code ? Missing("code")
                    : form["redirect_uri"] is not { } redirectUri ? Missing("redirect_uri")
                    : Answer(await grants.RedeemCodeAsync(
                        client, new CodeRedemption(code, redirectUri, form["code_verifier"], resource, origin), cancellationToken));
            case GrantTypes.RefreshToken:
                return form["refresh_token"] is not { } token
                    ? Missing("refresh_token")
                    : Answer(await grants.RefreshAsync(
                        client, new RefreshRedemptionRequest(token, scope, resource, origin), cancellationToken));
            case null:
                return Missing("grant_type");
            default:
                return OAuthRefusal.Create("unsupported_grant_type", "This grant_type does not exist here.");
        }
    }

    private static IResult Answer(GrantOutcome outcome) => outcome switch
    {
        GrantOutcome.Granted granted => TypedResults.Ok(new TokenAnswer(
            granted.AccessToken,
            "Bearer",
            (long)granted.ExpiresIn.TotalSeconds,
            granted.RefreshToken,
            granted.Scopes is [] ? null : ScopeText.Join(granted.Scopes))),
        GrantOutcome.Refused refused => OAuthRefusal.Create(refused.Error.Code, refused.Description).AsRecorded(),
        _ => throw new InvalidOperationException($"No answer for {outcome.GetType().Name}."),
    };

    private static OAuthRefusal Missing(string parameter) => OAuthRefusal.InvalidRequest($"The parameter {parameter} is missing.");
}

/// <summary>RFC 6749 section 5.1.</summary>
internal sealed record TokenAnswer(string AccessToken, string TokenType, long ExpiresIn, string? RefreshToken, string? Scope)
{
    /// <summary>Without the tokens.</summary>
    public override string ToString() => nameof(TokenAnswer);
}
