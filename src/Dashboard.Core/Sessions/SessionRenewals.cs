using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Sessions;

/// <summary>
/// Raises a session after its person has proved again that it is them: before a dangerous act, or to confirm that a changed
/// browser is still theirs. It gets a new id each time; its public name, and with it its open pages, stay.
/// </summary>
public sealed class SessionRenewals
{
    private readonly ISessionStore _store;
    private readonly SessionCache _cache;
    private readonly BindingCapture _binding;
    private readonly EventLog _events;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;

    internal SessionRenewals(
        ISessionStore store, SessionCache cache, BindingCapture binding, EventLog events, IChangeFeed feed, TimeProvider clock) =>
        (_store, _cache, _binding, _events, _feed, _clock) = (store, cache, binding, events, feed, clock);

    /// <summary>Renews a browser's session whose person was just checked; null where it has ended meanwhile.</summary>
    /// <param name="session">The session.</param>
    /// <param name="factor">The second factor that was shown; null where it was the password.</param>
    /// <param name="browser">What it is bound to from now on; null to what it was.</param>
    /// <param name="origin">Where the proof came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<StartedSession?> RenewAsync(
        Session session,
        SecondFactorKind? factor,
        BrowserFacts? browser,
        RequestOrigin origin,
        CancellationToken cancellationToken)
    {
        var secret = SessionSecret.New();
        var renewal = new SessionRenewal(
            session.Name,
            SessionSecret.HashOf(secret),
            _clock.GetUtcNow().CutToMilliseconds(),
            factor,
            browser is null ? session.Binding : _binding.Capture(session.Name, browser));
        var method = factor?.Code ?? "password";
        var who = new Actor(session.UserName, session.Role, origin.Ip, session.Name);
        var action = session.Challenge is null ? "session.proved" : "session.confirmed";
        var audit = new AuditEntry(who, action, "session", session.Name, After: AuditJson.Write(("method", method)));
        var renewed = await _store.RenewAsync(renewal, audit, cancellationToken);
        _cache.Forget(session.Name);
        if (!renewed)
        {
            return null;
        }

        _events.Record(new SecurityEvent
        {
            At = renewal.ProvenAt,
            Kind = EventKinds.SessionProved,
            Outcome = EventOutcome.Succeeded,
            Subject = session.UserName,
            Session = session.Name,
            Origin = origin,
            Detail = $"Session {session.Name}: its person proved it is them ({method}).",
        });
        await _feed.TellAsync(new Change(ChangeKind.Sessions, session.Name), new Change(ChangeKind.Audit, null));
        return new StartedSession(
            session with
            {
                ProvenAt = renewal.ProvenAt,
                SecondFactor = factor ?? session.SecondFactor,
                SecondFactorAt = factor is null ? session.SecondFactorAt : renewal.ProvenAt,
                Binding = renewal.Binding,
                Challenge = null,
                ChallengedAt = null,
            },
            secret);
    }
}
