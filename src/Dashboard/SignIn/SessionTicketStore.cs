using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dashboard.SignIn;

/// <summary>
/// Keeps what the cookie stands for on the server: the cookie holds nothing but the session's id. Sessions are made by
/// <see cref="SessionDirectory"/> before the cookie is, so that an id that a browser came with is never adopted.
/// </summary>
internal sealed class SessionTicketStore(SessionDirectory sessions) : ITicketStore
{
    private const string SecretParameter = "session";
    private const int LongestKey = 64;

    /// <summary>What the cookie handler needs to set the cookie of a session that has just begun.</summary>
    public static AuthenticationProperties PropertiesFor(string secret)
    {
        var properties = new AuthenticationProperties();
        properties.SetParameter(SecretParameter, secret);
        return properties;
    }

    public Task<string> StoreAsync(AuthenticationTicket ticket) => Task.FromResult(
        ticket.Properties.GetParameter<string>(SecretParameter)
        ?? throw new InvalidOperationException("Only a session that has begun gets a cookie."));

    /// <summary>Never: a cookie's id is not given to another login.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket) =>
        throw new InvalidOperationException("Sessions are not renewed under their old id.");

    public Task<AuthenticationTicket?> RetrieveAsync(string key) =>
        throw new NotSupportedException("The session of a cookie is only read for a request.");

    public async Task<AuthenticationTicket?> RetrieveAsync(
        string key, HttpContext httpContext, CancellationToken cancellationToken)
    {
        if (key.Length > LongestKey)
        {
            return null;
        }

        switch (await sessions.FindBySecretAsync(key, cancellationToken))
        {
            case SessionLookup.Live { Session: var session }:
                httpContext.Features.Set(new CurrentSession(session));
                return new AuthenticationTicket(
                    CurrentSession.PrincipalOf(session, sessions.ProofOf(session), httpContext.Connection.RemoteIpAddress?.ToString()),
                    Schemes.Session);
            case SessionLookup.Challenged { Session: var session }:
                httpContext.Features.Set(new CurrentSession(session) { IsChallenged = true });
                return null;
            case SessionLookup.Ended { Session: var session, Reason: var reason }:
                httpContext.Features.Set(new CurrentSession(session, reason));
                return null;
            default:
                return null;
        }
    }

    /// <summary>Does nothing: whoever ends a session says why, and the cookie alone does not know.</summary>
    public Task RemoveAsync(string key) => Task.CompletedTask;
}
