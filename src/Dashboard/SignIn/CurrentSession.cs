using System.Globalization;
using System.Security.Claims;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;

namespace Dashboard.SignIn;

/// <summary>The session that a request's cookie led to, kept with the request.</summary>
/// <param name="Session">The session.</param>
/// <param name="EndReason">Why it is over; null while it lives.</param>
internal sealed record CurrentSession(Session Session, SessionEndReason? EndReason = null)
{
    /// <summary>True where its person must confirm something first: nobody is logged in by it until then.</summary>
    public bool IsChallenged { get; init; }

    /// <summary>The operator as the rest of the app sees them. Read from the row, never from the cookie.</summary>
    /// <param name="session">The row.</param>
    /// <param name="provenAt">When they last proved that it is them; null where they did not.</param>
    /// <param name="address">Where they are connected from now, which need not be where they logged in; null where it is not known.</param>
    public static ClaimsPrincipal PrincipalOf(Session session, DateTimeOffset? provenAt, string? address)
    {
        List<Claim> claims =
        [
            new(SignetClaims.Name, session.UserName),
            new(SignetClaims.Role, session.Role),
            new(SignetClaims.Session, session.Name),
            new(SignetClaims.Operator, session.OperatorId),
        ];
        if (address is not null)
        {
            claims.Add(new Claim(SignetClaims.Address, address));
        }

        if (provenAt is { } at)
        {
            claims.Add(new Claim(SignetClaims.Proof, at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, Schemes.Session, SignetClaims.Name, SignetClaims.Role));
    }

    /// <summary>The live session of a request; null where there is none.</summary>
    public static Session? Of(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true, AuthenticationType: Schemes.Session }
            ? context.Features.Get<CurrentSession>()?.Session
            : null;
}
