using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Sessions;

/// <summary>The only way to end a session: the row, open pages, and the tokens that belong to it.</summary>
public sealed class SessionEnding
{
    private readonly ISessionStore _store;
    private readonly SessionCache _cache;
    private readonly TokenRevocations _revocations;
    private readonly EventLog _events;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal SessionEnding(
        ISessionStore store,
        SessionCache cache,
        TokenRevocations revocations,
        EventLog events,
        IChangeFeed feed,
        TimeProvider clock) =>
        (_store, _cache, _revocations, _events, _feed, _clock) = (store, cache, revocations, events, feed, clock);

    /// <summary>Ends a session; false where it had ended before. Open pages learn of it at once.</summary>
    public Task<bool> EndAsync(
        Session session, SessionEndReason reason, Actor who, RequestOrigin origin, CancellationToken cancellationToken) =>
        EndAsync(session, reason, null, who, origin, cancellationToken);

    /// <summary>Ends every open session of an operator; returns how many that were.</summary>
    public Task<int> EndAllAsync(
        string operatorId, SessionEndReason reason, Actor who, RequestOrigin origin, CancellationToken cancellationToken) =>
        EndOthersAsync(operatorId, null, reason, null, who, origin, cancellationToken);

    /// <summary>Ends every open session of an operator but one; returns how many that were.</summary>
    public Task<int> EndOthersAsync(
        string operatorId,
        string? kept,
        SessionEndReason reason,
        Actor who,
        RequestOrigin origin,
        CancellationToken cancellationToken) =>
        EndOthersAsync(operatorId, kept, reason, null, who, origin, cancellationToken);

    /// <summary>The same with the reason in that person's own words, for the audit log.</summary>
    internal Task<bool> EndAsync(
        Session session,
        SessionEndReason reason,
        string? words,
        Actor who,
        RequestOrigin origin,
        CancellationToken cancellationToken) =>
        EndAsync(
            session, new SessionEnd(session.Name, reason, _clock.GetUtcNow()) { Words = words }, who, origin, cancellationToken);

    /// <inheritdoc cref="EndAsync(Session, SessionEndReason, string, Actor, RequestOrigin, CancellationToken)"/>
    internal async Task<int> EndOthersAsync(
        string operatorId,
        string? kept,
        SessionEndReason reason,
        string? words,
        Actor who,
        RequestOrigin origin,
        CancellationToken cancellationToken)
    {
        var ended = 0;
        foreach (var session in await _store.FindOpenAsync(operatorId, cancellationToken))
        {
            if (session.Name != kept && await EndAsync(session, reason, words, who, origin, cancellationToken))
            {
                ended++;
            }
        }

        return ended;
    }

    /// <summary>Ends a session whose limit has passed, unless it was seen in the last moment.</summary>
    internal Task<bool> EndOverdueAsync(Session session, SessionEndReason reason, CancellationToken cancellationToken) =>
        EndAsync(
            session,
            new SessionEnd(
                session.Name, reason, _clock.GetUtcNow(), reason is SessionEndReason.Idle ? session.LastSeenAt : null),
            Actor.Signet,
            RequestOrigin.None,
            cancellationToken);

    private async Task<bool> EndAsync(
        Session session, SessionEnd end, Actor who, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var isMismatch = end.Reason is SessionEndReason.DeviceChanged or SessionEndReason.ProofFailed;
        var audit = new AuditEntry(
            who,
            isMismatch ? "session.fingerprint_mismatch" : "session.ended",
            "session",
            session.Name,
            end.Words,
            After: AuditJson.Write(("reason", end.Reason.Code), ("user_name", session.UserName)));
        var ended = await _store.EndAsync(end, audit, cancellationToken);

        // Also where it had ended before: what this node remembers may be older than that.
        _cache.Forget(session.Name);
        if (!ended)
        {
            return false;
        }

        Record(session, end, isMismatch, origin);
        await _feed.TellAsync(new Change(ChangeKind.Sessions, session.Name), new Change(ChangeKind.Audit, null));

        // After the end, so that nothing can be issued for the session behind the cut-off. Browsers have no tokens.
        if (session.Kind is SessionKind.Api)
        {
            await _revocations.RevokeSessionAsync(session.Name, who, end.Reason.Code, cancellationToken);
        }

        return true;
    }

    private void Record(Session session, SessionEnd end, bool isMismatch, RequestOrigin origin) =>
        _events.Record(new SecurityEvent
        {
            At = end.At,
            Kind = end.Reason is SessionEndReason.SignedOut ? EventKinds.LoggedOut : EventKinds.SessionEnded,
            Outcome = isMismatch ? EventOutcome.Alert : EventOutcome.Succeeded,
            Code = end.Reason.Code,
            Subject = session.UserName,
            Session = session.Name,
            Origin = origin,
            Detail = $"Session {session.Name} ended: {end.Reason.Code}.",
        });
}
