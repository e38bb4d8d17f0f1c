using Dashboard.Core.Access;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Grants;
using Dashboard.Hosting;

namespace Dashboard.OAuth;

/// <summary>Tells about tokens (RFC 7662): to clients that prove who they are, and to operators with their token.</summary>
internal static class IntrospectionEndpoint
{
    /// <summary>Tells clients and operators about a token (RFC 7662).</summary>
    /// <remarks>A client hears only of tokens for itself or for its audience; of what is not active nothing else is said.</remarks>
    [OAuthRefuses(401, "invalid_client", "invalid_token")]
    [OAuthRefuses(403, "access_denied")]
    internal static async Task<IResult> HandleAsync(
        HttpContext context,
        ClientAuthentication authentication,
        Introspection introspection,
        CancellationToken cancellationToken)
    {
        if (context.Request.Headers.Authorization is [{ } header] && !BasicCredentials.IsBasic(header))
        {
            return await AnswerOperatorAsync(context, introspection, cancellationToken);
        }

        return await ClientRequest.ReadAsync(context, authentication, cancellationToken) switch
        {
            ClientRequest.Refused { Refusal: var refusal } => refusal,

            // Anybody could say that it is this client.
            ClientRequest.Good { Client.IsPublic: true } =>
                OAuthRefusal.InvalidClient("A public client cannot ask about tokens: it does not prove who it is."),
            ClientRequest.Good { Client: var client, Form: var form } =>
                await AnswerAsync(client, form, context, introspection, cancellationToken),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> AnswerOperatorAsync(
        HttpContext context, Introspection introspection, CancellationToken cancellationToken)
    {
        // The scheme has judged the header by now. A session's cookie is not asked: this is no endpoint of pages.
        if (context.User.Identity?.AuthenticationType != Schemes.Bearer)
        {
            return context.KeptRefusal() as IResult
                ?? OAuthRefusal.InvalidClient("The Authorization header holds neither Basic credentials nor an operator's token.");
        }

        if (!AccessTable.Allows(context.User.Role() ?? "", Right.ReadTokens))
        {
            return Problems.RoleRequired(AccessTable.RolesWith(Right.ReadTokens), context.User.Role());
        }

        var (form, fault) = await OAuthForm.ReadAsync(context.Request, cancellationToken);
        return form switch
        {
            null => fault!,
            _ when form["client_secret"] is not null || form["client_assertion"] is not null =>
                OAuthRefusal.InvalidRequest("More than one way of authentication is used."),
            _ => await AnswerAsync(null, form, context, introspection, cancellationToken),
        };
    }

    private static async Task<IResult> AnswerAsync(
        Client? client, OAuthForm form, HttpContext context, Introspection introspection, CancellationToken cancellationToken) =>
        form["token"] is { } token
            ? TypedResults.Ok(IntrospectionJson.Of(
                await introspection.IntrospectAsync(client, token, context.Origin(), cancellationToken)))
            : OAuthRefusal.InvalidRequest("The parameter token is missing.");
}
