using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Grants;
using Dashboard.Hosting;

namespace Dashboard.OAuth;

/// <summary>Takes tokens back from their own clients (RFC 7009).</summary>
internal static class RevocationEndpoint
{
    /// <summary>Takes a token back from its own client (RFC 7009).</summary>
    /// <remarks>200 also for tokens that nobody knows. A refresh token takes its family along.</remarks>
    [OAuthRefuses(401, "invalid_client")]
    internal static async Task<IResult> HandleAsync(
        HttpContext context,
        ClientAuthentication authentication,
        TokenRevocationByClient revocation,
        CancellationToken cancellationToken)
    {
        switch (await ClientRequest.ReadAsync(context, authentication, cancellationToken))
        {
            case ClientRequest.Refused { Refusal: var refusal }:
                return refusal;
            case ClientRequest.Good { Client: var client, Form: var form }:
                if (form["token"] is not { } token)
                {
                    return OAuthRefusal.InvalidRequest("The parameter token is missing.");
                }

                // The same answer whatever became of it: it must not tell whether a token of somebody else exists. The hint
                // is not needed, as our tokens show of which kind they are.
                await revocation.RevokeAsync(client, token, context.Origin(), cancellationToken);
                return TypedResults.Ok();
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }
}
