using System.Collections.Concurrent;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>Holds a browser session to its browser: on every request by its headers, in every circuit by its key.</summary>
public sealed class SessionGuard
{
    private const int MostNotes = 10_000;

    private readonly ISessionStore _store;
    private readonly SessionCache _cache;
    private readonly SessionEnding _ending;
    private readonly HeaderBand _band;
    private readonly CircuitProof _proof;
    private readonly EventLog _events;
    private readonly IChangeFeed _feed;
    private readonly IOptionsMonitor<BindingOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<(string Session, string Note), bool> _noted = new();
    private readonly ConcurrentDictionary<string, HeaderBandValues> _drifted = new(StringComparer.Ordinal);

    internal SessionGuard(
        ISessionStore store,
        SessionCache cache,
        SessionEnding ending,
        HeaderBand band,
        CircuitProof proof,
        EventLog events,
        IChangeFeed feed,
        IOptionsMonitor<BindingOptions> options,
        TimeProvider clock) =>
        (_store, _cache, _ending, _band, _proof, _events, _feed, _options, _clock) =
        (store, cache, ending, band, proof, events, feed, options, clock);

    /// <summary>Judges a request of a live session: it goes on, waits for a confirmation, or has ended through it.</summary>
    public async Task<SessionLookup> CheckAsync(
        Session session, ClientHeaders headers, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (_options.CurrentValue.Mode is BindingMode.Off || session.Binding.Band is not { } stored)
        {
            return new SessionLookup.Live(session);
        }

        switch (_band.Compare(session.Name, stored, headers))
        {
            case BandDecision.Same:
                break;
            case BandDecision.AddressChanged:
                Note(session, BindingSignal.Network, origin, EventOutcome.Succeeded);
                break;
            case BandDecision.Refresh refresh:
                Note(session, refresh.Signal, origin, EventOutcome.Succeeded);
                Drift(session, headers);
                break;
            case BandDecision.StepUp { Signal: var signal } when IsEnforced(session, signal, origin):
                await ChallengeAsync(session, signal, origin, cancellationToken);
                return new SessionLookup.Challenged(session);
            case BandDecision.EndSession { Signal: var signal } when IsEnforced(session, signal, origin):
                await _ending.EndAsync(session, SessionEndReason.DeviceChanged, Actor.Signet, origin, cancellationToken);
                return new SessionLookup.Ended(session, SessionEndReason.DeviceChanged);
        }

        return new SessionLookup.Live(session);
    }

    /// <summary>Judges a browser's answer at the start of a circuit or after a reconnect.</summary>
    public async Task<ProofOutcome> ProveAsync(
        Session session, ProofChallenge challenge, ProofAnswer? answer, CancellationToken cancellationToken)
    {
        var options = _options.CurrentValue;
        var fault = options.Mode is BindingMode.Off ? null : _proof.Check(session.Binding, challenge, answer);
        if (fault is null)
        {
            await FollowDriftAsync(session, cancellationToken);
            return ProofOutcome.Passed;
        }

        Record(session, $"The browser's proof failed: {fault}.", OriginOf(session), EventOutcome.Alert);
        var grade = options.GradeOf(BindingSignal.Proof);
        if (options.Mode is BindingMode.Observe || grade is BindingGrade.Ignore or BindingGrade.Log)
        {
            return ProofOutcome.Passed;
        }

        // The first may be a browser whose storage was cleared; one more before that was confirmed is another browser.
        if (grade is BindingGrade.Challenge
            && await ChallengeAsync(session, BindingSignal.Proof, OriginOf(session), cancellationToken))
        {
            return ProofOutcome.Challenged;
        }

        await _ending.EndAsync(session, SessionEndReason.ProofFailed, Actor.Signet, OriginOf(session), cancellationToken);
        return ProofOutcome.Ended;
    }

    private bool IsEnforced(Session session, BindingSignal signal, RequestOrigin origin)
    {
        if (_options.CurrentValue.Mode is BindingMode.Observe)
        {
            Note(session, signal, origin, EventOutcome.Refused);
            return false;
        }

        Record(session, $"{signal} is not as it was at login.", origin, EventOutcome.Refused);
        return true;
    }

    // True where this call made it wait; false where it waits already or has ended.
    private async Task<bool> ChallengeAsync(
        Session session, BindingSignal signal, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var audit = new AuditEntry(
            Actor.Signet with { Ip = origin.Ip },
            "session.challenged",
            "session",
            session.Name,
            After: AuditJson.Write(("signal", signal.ToString()), ("user_name", session.UserName)));
        var challenged = await _store.ChallengeAsync(session.Name, signal, _clock.GetUtcNow(), audit, cancellationToken);
        _cache.Forget(session.Name);
        if (challenged)
        {
            await _feed.TellAsync(new Change(ChangeKind.Sessions, session.Name), new Change(ChangeKind.Audit, null));
        }

        return challenged;
    }

    // Remembered until the key proves that it is the same browser; whoever only has the cookie moves nothing.
    private void Drift(Session session, ClientHeaders headers)
    {
        if (headers.IsNavigation && _band.Capture(session.Name, headers) is { } seen)
        {
            Bound(_drifted);
            _drifted[session.Name] = seen;
        }
    }

    private async Task FollowDriftAsync(Session session, CancellationToken cancellationToken)
    {
        if (!_drifted.TryRemove(session.Name, out var seen))
        {
            return;
        }

        var audit = new AuditEntry(Actor.Signet, "session.rebound", "session", session.Name);
        await _store.RebindAsync(session.Name, session.Binding with { Band = seen }, audit, cancellationToken);
        _cache.Forget(session.Name);
    }

    // Once for each session and signal: every request would say the same.
    private void Note(Session session, BindingSignal signal, RequestOrigin origin, EventOutcome outcome)
    {
        Bound(_noted);
        if (_noted.TryAdd((session.Name, signal.ToString()), true))
        {
            Record(session, $"{signal} is not as it was at login; the session went on.", origin, outcome);
        }
    }

    private void Record(Session session, string detail, RequestOrigin origin, EventOutcome outcome) =>
        _events.Record(new SecurityEvent
        {
            At = _clock.GetUtcNow(),
            Kind = EventKinds.SessionBinding,
            Outcome = outcome,
            Code = outcome is EventOutcome.Succeeded ? null : "FINGERPRINT_MISMATCH",
            Subject = session.UserName,
            Session = session.Name,
            Origin = origin,
            Detail = $"Session {session.Name}: {detail}",
        });

    private static RequestOrigin OriginOf(Session session) => new(null, session.Ip, session.UserAgent, null);

    private static void Bound<TKey, TValue>(ConcurrentDictionary<TKey, TValue> remembered)
        where TKey : notnull
    {
        if (remembered.Count >= MostNotes)
        {
            remembered.Clear();
        }
    }
}

/// <summary>What became of a proof.</summary>
public enum ProofOutcome
{
    Passed,

    /// <summary>Nothing may be shown before the person has confirmed that it is them. The session waits for it.</summary>
    Challenged,

    /// <summary>It failed once too often: the session is over.</summary>
    Ended,
}
