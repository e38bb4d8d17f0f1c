using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Grants;
using Dashboard.Core.Scopes;
using Dashboard.Hosting;

namespace Dashboard.OAuth;

/// <summary>Gives tokens to clients (RFC 6749 sections 4.1.3, 4.4 and 6).</summary>
internal static class TokenEndpoint
{
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
        if (FaultOfGrant(client, form["grant_type"]) is { } fault)
        {
            return fault;
        }

        if (RequestedScopes.FaultOf(form["scope"], out var scopes) is { } wrong)
        {
            return wrong;
        }

        var (resource, origin) = (form["resource"], context.Origin());
        switch (form["grant_type"])
        {
            case GrantTypes.ClientCredentials:
                return Answer(await grants.ClientCredentialsAsync(
                    client, new GrantRequest(scopes, resource, origin), cancellationToken));
            case GrantTypes.AuthorizationCode:
                return form["code"] is not { } code ? Missing("code")
                    : form["redirect_uri"] is not { } redirectUri ? Missing("redirect_uri")
                    : Answer(await grants.RedeemCodeAsync(
                        client, new CodeRedemption(code, redirectUri, form["code_verifier"], resource, origin), cancellationToken));
            default:
                return form["refresh_token"] is not { } token
                    ? Missing("refresh_token")
                    : Answer(await grants.RefreshAsync(
                        client, new RefreshRedemptionRequest(token, scopes, resource, origin), cancellationToken));
        }
    }

    private static OAuthRefusal? FaultOfGrant(Client client, string? type) => type switch
    {
        null => Missing("grant_type"),
        _ when !GrantTypes.All.Contains(type, StringComparer.Ordinal) =>
            OAuthRefusal.Create("unsupported_grant_type", "This grant_type does not exist here."),
        _ when !client.Allows(type) || (type is GrantTypes.ClientCredentials && client.IsPublic) =>
            OAuthRefusal.Create("unauthorized_client", "The client is not registered for this grant_type."),
        _ => null,
    };

    private static IResult Answer(GrantOutcome outcome) => outcome switch
    {
        GrantOutcome.Granted granted => TypedResults.Ok(new TokenAnswer(
            granted.AccessToken,
            "Bearer",
            (long)granted.ExpiresIn.TotalSeconds,
            granted.RefreshToken,
            granted.Scopes is [] ? null : ScopeText.Join(granted.Scopes))),
        GrantOutcome.Refused refused => OAuthRefusal.Create(refused.Error.Code, refused.Description),
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
