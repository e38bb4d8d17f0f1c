using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Live;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Core.Telemetry;

namespace Dashboard.Core.Sessions;

/// <summary>Starts and finds sessions. Every request asks it; the answer comes from memory nearly always.</summary>
public sealed class SessionDirectory
{
    private readonly ISessionStore _store;
    private readonly SessionCache _cache;
    private readonly SessionLimits _limits;
    private readonly SessionEnding _ending;
    private readonly SessionCeiling _ceiling;
    private readonly BindingCapture _binding;
    private readonly OperatorDirectory _operators;
    private readonly EventLog _events;
    private readonly IChangeFeed _feed;
    private readonly SignetMeters _meters;
    private readonly TimeProvider _clock;

    internal SessionDirectory(
        ISessionStore store,
        SessionCache cache,
        SessionLimits limits,
        SessionEnding ending,
        SessionCeiling ceiling,
        BindingCapture binding,
        OperatorDirectory operators,
        EventLog events,
        IChangeFeed feed,
        SignetMeters meters,
        TimeProvider clock) =>
        (_store, _cache, _limits, _ending, _ceiling, _binding, _operators, _events, _feed, _meters, _clock) =
        (store, cache, limits, ending, ceiling, binding, operators, events, feed, meters, clock);

    /// <summary>Begins a session, always under a new id. Where too many are open then, the one seen longest ago ends.</summary>
    public async Task<StartedSession> StartAsync(SessionStart start, CancellationToken cancellationToken)
    {
        var secret = start.Kind is SessionKind.Browser ? SessionSecret.New() : null;
        var secretHash = secret is null ? null : SessionSecret.HashOf(secret);
        var session = Describe(start);
        var who = new Actor(session.UserName, session.Role, session.Ip, session.Name);
        var audit = new AuditEntry(
            who, "session.started", "session", session.Name, After: AuditJson.Write(("kind", session.Kind.ToString())));
        await _store.AddAsync(session, secretHash, audit, cancellationToken);
        _meters.LoginSucceeded();
        _events.Record(new SecurityEvent
        {
            At = session.CreatedAt,
            Kind = EventKinds.LoginSucceeded,
            Outcome = EventOutcome.Succeeded,
            Subject = session.UserName,
            Session = session.Name,
            Origin = start.Origin,
            Detail = $"Started session {session.Name}.",
        });
        _feed.Publish(new Change(ChangeKind.Sessions, session.Name));
        _feed.Publish(new Change(ChangeKind.Audit, null));
        await _ceiling.KeepAsync(session, start.Origin, cancellationToken);
        return new StartedSession(session, secret);
    }

    /// <summary>Finds the session of a cookie's id.</summary>
    public async Task<SessionLookup> FindBySecretAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = SessionSecret.HashOf(secret);
        if (_feed.IsCurrent && _cache.TryFindBySecret(hash, out var known))
        {
            return await JudgeAsync(known, cancellationToken);
        }

        var generation = _cache.Generation;
        var session = await _store.FindBySecretAsync(hash, cancellationToken);
        return await KeepAndJudgeAsync(session, hash, generation, cancellationToken);
    }

    /// <summary>Finds a session by its public name.</summary>
    public async Task<SessionLookup> FindAsync(string name, CancellationToken cancellationToken) =>
        _feed.IsCurrent && _cache.TryFind(name, out var known)
            ? await JudgeAsync(known, cancellationToken)
            : await ReadAsync(name, cancellationToken);

    /// <summary>When the session ends by itself if its person does nothing more.</summary>
    public DateTimeOffset EndsAt(Session session) => _limits.EndsAt(session);

    /// <summary>
    /// When the session's person last proved that it is them, in the way that counts for them: by second factor where they
    /// have one, otherwise by password. A program at the API without a second factor shows its token with each call, and
    /// nobody there could be asked: that counts as a proof. Null where there was none.
    /// </summary>
    public DateTimeOffset? ProofOf(Session session) => _operators.Find(session.OperatorId) switch
    {
        null => null,
        { SecondFactors.Any: true } => session.SecondFactorAt,
        _ => session.Kind is SessionKind.Api ? _clock.GetUtcNow() : session.ProvenAt,
    };

    /// <summary>Notes that the person did something. Writes at most every 30 seconds.</summary>
    public async Task TouchAsync(Session session, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        if (SessionLimits.NeedsTouch(session, now))
        {
            await _store.TouchAsync(session.Name, now, cancellationToken);
            _cache.Forget(session.Name);
        }
    }

    private Session Describe(SessionStart start)
    {
        var now = _clock.GetUtcNow().CutToMilliseconds();
        var name = Identifiers.NewId();
        return new Session
        {
            Name = name,
            Kind = start.Kind,
            OperatorId = start.Operator.Id,
            UserName = start.Operator.UserName,
            Role = start.Operator.Role,
            OperatorStamp = start.Operator.SecurityStamp,
            CreatedAt = now,
            LastSeenAt = now,
            EndsAt = _limits.EndOf(now),
            Ip = start.Origin.Ip,
            UserAgent = start.Origin.UserAgent,
            ProvenAt = now,
            SecondFactor = start.SecondFactor,
            SecondFactorAt = start.SecondFactor is null ? null : now,
            Binding = CaptureBinding(name, start),
        };
    }

    private SessionBinding CaptureBinding(string name, SessionStart start) => start switch
    {
        { Kind: SessionKind.Api, Fingerprint: { } fingerprint } => _binding.Capture(fingerprint),
        { Kind: SessionKind.Browser, Browser: { } browser } => _binding.Capture(name, browser),
        _ => throw new ArgumentException("A session needs what its kind is bound to.", nameof(start)),
    };

    private async Task<SessionLookup> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var generation = _cache.Generation;
        return await KeepAndJudgeAsync(await _store.FindAsync(name, cancellationToken), null, generation, cancellationToken);
    }

    private Task<SessionLookup> KeepAndJudgeAsync(
        Session? session, byte[]? secretHash, long generation, CancellationToken cancellationToken)
    {
        if (session is { EndedAt: null })
        {
            _cache.Keep(session, secretHash, generation);
        }

        return session is null
            ? Task.FromResult<SessionLookup>(new SessionLookup.Unknown())
            : JudgeAsync(session, cancellationToken);
    }

    private async Task<SessionLookup> JudgeAsync(Session session, CancellationToken cancellationToken)
    {
        if (session.EndedAt is not null)
        {
            return new SessionLookup.Ended(session, session.EndReason ?? SessionEndReason.Revoked);
        }

        if (AccountFault(session) is { } fault)
        {
            await _ending.EndAsync(session, fault, Actor.Signet, RequestOrigin.None, cancellationToken);
            return new SessionLookup.Ended(session, fault);
        }

        if (_limits.Check(session, _clock.GetUtcNow()) is not { } over)
        {
            return session.Challenge is null ? new SessionLookup.Live(session) : new SessionLookup.Challenged(session);
        }

        // Fails where it was seen meanwhile, here or on another node: then what is stored decides.
        return await _ending.EndOverdueAsync(session, over, cancellationToken)
            ? new SessionLookup.Ended(session, over)
            : await ReadAsync(session.Name, cancellationToken);
    }

    private SessionEndReason? AccountFault(Session session) => _operators.Find(session.OperatorId) switch
    {
        { IsEnabled: true } found when found.SecurityStamp == session.OperatorStamp => null,
        { IsEnabled: true } found when found.Role == session.Role => SessionEndReason.PasswordChanged,
        _ => SessionEndReason.AccountChanged,
    };
}
