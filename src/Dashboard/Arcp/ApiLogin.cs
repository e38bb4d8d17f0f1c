using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Sessions;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Arcp;

/// <summary>Begins an operator's session at the API and gives out its token.</summary>
internal sealed class ApiLogin(SessionDirectory sessions, SessionEnding ending, TokenIssuer issuer)
{
    public async Task<LoginAnswer> StartAsync(
        OperatorAccount found,
        SecondFactorKind? factor,
        string fingerprint,
        RequestOrigin origin,
        CancellationToken cancellationToken)
    {
        var start = new SessionStart
        {
            Kind = SessionKind.Api,
            Operator = found,
            Fingerprint = fingerprint,
            SecondFactor = factor,
            Origin = origin,
        };
        var session = (await sessions.StartAsync(start, cancellationToken)).Session;
        var who = new Actor(found.UserName, found.Role, origin.Ip, session.Name);
        var request = new TokenRequest
        {
            Kind = TokenKind.Operator,
            Subject = Subjects.OfOperator(found.UserName),
            Session = session.Name,
            Role = found.Role,
            AgentId = LoginEndpoints.AgentIdOf(found.UserName),
            Scopes = ScopesOf(found.Role),
            FingerprintHash = session.Binding.Fingerprint,
            Who = who,
            Origin = origin,
        };
        if (await issuer.IssueAsync(request, cancellationToken) is TokenIssueOutcome.Issued issued)
        {
            return new LoginAnswer(issued.Token, "bearer", (long)issued.Lifetime.TotalSeconds, request.AgentId);
        }

        await ending.EndAsync(session, SessionEndReason.Revoked, Actor.Signet, origin, cancellationToken);
        throw new InvalidOperationException("The request for an operator's token was invalid.");
    }

    /// <summary>
    /// Another token of the same session, which it cannot outlive; null where the session has ended. The one before stays good.
    /// </summary>
    public async Task<TokenIssueOutcome.Issued?> RenewAsync(AcceptedToken token, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (token is not { Session: { } name, Role: { } role }
            || await sessions.FindAsync(name, cancellationToken) is not SessionLookup.Live { Session: var session })
        {
            return null;
        }

        var request = new TokenRequest
        {
            Kind = TokenKind.Operator,
            Subject = token.Subject,
            Session = name,
            Role = role,
            AgentId = token.AgentId,
            Scopes = ScopesOf(role),
            FingerprintHash = session.Binding.Fingerprint,
            Who = new Actor(session.UserName, role, origin.Ip, name),
            Origin = origin,
        };
        return await issuer.IssueAsync(request, cancellationToken) as TokenIssueOutcome.Issued;
    }

    private static IReadOnlyList<string> ScopesOf(string role) =>
        role == Roles.Administrator ? ["admin", "agent_management"] : [];
}
