using System.Collections.Concurrent;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions.Binding;

/// <summary>Holds a browser session to its browser: on every request by its headers, in every circuit by its key.</summary>
public sealed class SessionGuard
{
    // A second one ends the session: the first may be a browser whose storage was cleared.
    private const int MostFailedProofs = 1;
    private const int MostNotes = 10_000;

    private readonly ISessionStore _store;
    private readonly SessionCache _cache;
    private readonly SessionEnding _ending;
    private readonly HeaderBand _band;
    private readonly CircuitProof _proof;
    private readonly EventLog _events;
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
        IOptionsMonitor<BindingOptions> options,
        TimeProvider clock) =>
        (_store, _cache, _ending, _band, _proof, _events, _options, _clock) =
        (store, cache, ending, band, proof, events, options, clock);

    /// <summary>Judges a request of a live session; returns why the session has ended through it, or null to go on.</summary>
    public async Task<SessionEndReason?> CheckAsync(
        Session session, ClientHeaders headers, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (_options.CurrentValue.Mode is BindingMode.Off || session.Binding.Band is not { } stored)
        {
            return null;
        }

        switch (_band.Compare(session.Name, stored, headers))
        {
            case BandDecision.Same:
                return null;
            case BandDecision.AddressChanged:
                Note(session, BindingSignal.Network, origin, EventOutcome.Succeeded);
                return null;
            case BandDecision.Refresh refresh:
                Note(session, refresh.Signal, origin, EventOutcome.Succeeded);
                Drift(session, headers);
                return null;
            case BandDecision.StepUp stepUp:
                // The seam for a page that asks for password or second factor inside the session. Until there is one, a
                // new login is the confirmation.
                return await EndAsync(session, SessionEndReason.ConfirmationNeeded, stepUp.Signal, origin, cancellationToken);
            case BandDecision.EndSession end:
                return await EndAsync(session, SessionEndReason.DeviceChanged, end.Signal, origin, cancellationToken);
            case var decision:
                throw new InvalidOperationException($"There is no decision {decision}.");
        }
    }

    /// <summary>Judges a browser's answer at the start of a circuit or after a reconnect.</summary>
    public async Task<ProofOutcome> ProveAsync(
        Session session, ProofChallenge challenge, ProofAnswer? answer, CancellationToken cancellationToken)
    {
        var fault = _options.CurrentValue.Mode is BindingMode.Off ? null : _proof.Check(session.Binding, challenge, answer);
        if (fault is null)
        {
            await FollowDriftAsync(session, cancellationToken);
            return ProofOutcome.Passed;
        }

        Record(session, $"The browser's proof failed: {fault}.", OriginOf(session), EventOutcome.Alert);
        if (_options.CurrentValue.Mode is BindingMode.Observe)
        {
            return ProofOutcome.Passed;
        }

        var audit = new AuditEntry(
            Actor.Signet, "session.proof_failed", "session", session.Name, After: AuditJson.Write(("fault", fault.ToString())));
        if (await _store.CountFailedProofAsync(session.Name, audit, cancellationToken) is > 0 and <= MostFailedProofs)
        {
            return ProofOutcome.SignInAgain;
        }

        await _ending.EndAsync(session, SessionEndReason.ProofFailed, Actor.Signet, OriginOf(session), cancellationToken);
        return ProofOutcome.Ended;
    }

    private async Task<SessionEndReason?> EndAsync(
        Session session,
        SessionEndReason reason,
        BindingSignal signal,
        RequestOrigin origin,
        CancellationToken cancellationToken)
    {
        if (_options.CurrentValue.Mode is BindingMode.Observe)
        {
            Note(session, signal, origin, EventOutcome.Refused);
            return null;
        }

        Record(session, $"{signal} is not as it was at login.", origin, EventOutcome.Refused);
        await _ending.EndAsync(session, reason, Actor.Signet, origin, cancellationToken);
        return reason;
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

    /// <summary>Nothing may be shown; the person must sign in again. The session still lives.</summary>
    SignInAgain,

    /// <summary>It failed once too often: the session is over.</summary>
    Ended,
}
