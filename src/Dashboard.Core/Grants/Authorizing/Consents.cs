using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;

namespace Dashboard.Core.Grants.Authorizing;

/// <summary>What people decide about clients that want to act for them. Nothing is remembered: each request is asked about.</summary>
public sealed class Consents(
    AuthorizationCodes codes, AccessControl access, IAuditStore audit, EventLog events, IChangeFeed feed, TimeProvider clock)
{
    internal const int LongestClientId = 200;

    /// <summary>The person lets the client act for them; gives the code for it.</summary>
    /// <exception cref="AccessRefusedException">They may not.</exception>
    public async Task<string> GrantAsync(
        AuthorizationRequest request, Actor who, RequestOrigin origin, CancellationToken cancellationToken)
    {
        access.Demand(who, Right.Consent);

        // Before the code: there may be a decision without a code, and never a code without its decision.
        await AuditAsync(request, "consent.granted", who, cancellationToken);
        var code = await codes.IssueAsync(
            new AuthorizationGrant(
                request.Client.Id,
                request.Target.RedirectUri,
                request.CodeChallenge,
                Subjects.OfUser(who.Name),
                who.Name,
                request.Scopes,
                request.Resource),
            cancellationToken);
        Record(request, EventKinds.ConsentGranted, EventOutcome.Succeeded, null, who, origin, $"{who.Name} let {request.Client.Id} act for them.");
        return code;
    }

    /// <summary>The person does not let the client act for them.</summary>
    /// <exception cref="AccessRefusedException">They may not decide.</exception>
    public async Task DenyAsync(
        AuthorizationRequest request, Actor who, RequestOrigin origin, CancellationToken cancellationToken)
    {
        access.Demand(who, Right.Consent);
        await AuditAsync(request, "consent.denied", who, cancellationToken);
        Record(
            request,
            EventKinds.ConsentDenied,
            EventOutcome.Refused,
            AuthorizationErrors.AccessDenied,
            who,
            origin,
            $"{who.Name} did not let {request.Client.Id} act for them.");
    }

    /// <summary>Records a request that nobody could decide on, so that its reference leads to the reason.</summary>
    public void RecordRefusal(string? clientId, string error, string description, RequestOrigin origin) => events.Record(new SecurityEvent
    {
        At = clock.GetUtcNow(),
        Kind = EventKinds.AuthorizationRefused,
        Outcome = EventOutcome.Refused,
        Code = error,
        Client = clientId is { Length: <= LongestClientId } ? clientId : null,
        Origin = origin,
        Detail = description,
    });

    private async Task AuditAsync(AuthorizationRequest request, string action, Actor who, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(
            new AuditEntry(
                who,
                action,
                "client",
                request.Client.Id,
                After: AuditJson.Write(
                    ("scope", ScopeText.Join(request.Scopes)),
                    ("resource", request.Resource),
                    ("redirect_uri", request.Target.RedirectUri))),
            cancellationToken);
        feed.Publish(new Change(ChangeKind.Audit, null));
    }

    private void Record(
        AuthorizationRequest request, string kind, EventOutcome outcome, string? code, Actor who, RequestOrigin origin, string detail) =>
        events.Record(new SecurityEvent
        {
            At = clock.GetUtcNow(),
            Kind = kind,
            Outcome = outcome,
            Code = code,
            Subject = Subjects.OfUser(who.Name),
            Client = request.Client.Id,
            Session = who.Session,
            Origin = origin,
            Detail = detail,
        });
}
