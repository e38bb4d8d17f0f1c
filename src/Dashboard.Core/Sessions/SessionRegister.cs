using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Sessions;

/// <summary>
/// Sessions as people see and end them: everybody their own, overseers everybody's, administrators end anybody's. The
/// session in which somebody acts is never ended here: leaving it is signing out.
/// </summary>
public sealed class SessionRegister
{
    private readonly ISessionStore _store;
    private readonly SessionEnding _ending;
    private readonly OperatorDirectory _operators;
    private readonly AccessControl _access;

    internal SessionRegister(
        ISessionStore store, SessionEnding ending, OperatorDirectory operators, AccessControl access) =>
        (_store, _ending, _operators, _access) = (store, ending, operators, access);

    /// <summary>True where the actor sees the sessions of everybody.</summary>
    public bool SeesAll(Actor who) => _access.Check(who, Right.ReadSessions) is null;

    /// <summary>True where the actor may end a session of this operator.</summary>
    public bool MayEnd(Actor who, string operatorId) => _access.Check(who, RightToEnd(who, operatorId)) is null;

    /// <summary>
    /// Lists sessions, newest first; of whoever may only see their own, these. A text that is the whole name of a session
    /// finds it at any age.
    /// </summary>
    public async Task<Page<Session>> ListAsync(
        SessionFilter filter, Actor who, string? cursor, int limit, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.OwnAccount);
        if (!SeesAll(who))
        {
            var own = OperatorOf(who);
            if (own is null || (filter.OperatorId is { } other && other != own))
            {
                return new Page<Session>([], null, 0, false);
            }

            filter = filter with { OperatorId = own };
        }

        return filter.Text is { } name
            && await _store.FindAsync(name, cancellationToken) is { } found
            && (filter with { Text = null }).Covers(found)
                ? new Page<Session>([found], null, 1, false)
                : await _store.ListAsync(filter, cursor, limit, cancellationToken);
    }

    /// <summary>A session that the actor may see; null where there is none.</summary>
    public async Task<Session?> FindAsync(string name, Actor who, CancellationToken cancellationToken)
    {
        _access.Demand(who, Right.OwnAccount);
        return await _store.FindAsync(name, cancellationToken) is { } found && (SeesAll(who) || IsOwn(who, found.OperatorId))
            ? found
            : null;
    }

    /// <summary>Ends a session, with its open pages and the tokens that belong to it.</summary>
    /// <param name="name">Which.</param>
    /// <param name="act">Why, and whether it is only a trial.</param>
    /// <param name="who">Who ends it.</param>
    /// <param name="origin">Where the request came from.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AccessRefusedException">It is somebody else's, and the actor may not end it.</exception>
    public async Task<SessionEndOutcome> EndAsync(
        string name, SessionEndAct act, Actor who, RequestOrigin origin, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, who, cancellationToken) is not { } found)
        {
            return new SessionEndOutcome.Unknown();
        }

        _access.Demand(who, RightToEnd(who, found.OperatorId));
        if (found.Name == who.Session)
        {
            return new SessionEndOutcome.Current();
        }

        if (found.EndedAt is not null)
        {
            return new SessionEndOutcome.Already(found);
        }

        if (act.IsTrial)
        {
            return new SessionEndOutcome.Ended(found);
        }

        return await _ending.EndAsync(found, SessionEndReason.Revoked, act.Reason, who, origin, cancellationToken)
            ? new SessionEndOutcome.Ended(await _store.FindAsync(name, cancellationToken) ?? found)
            : new SessionEndOutcome.Already(await _store.FindAsync(name, cancellationToken) ?? found);
    }

    /// <summary>
    /// Ends every open session of an operator but the one in which the actor acts; returns how many, of a trial how many it
    /// would be.
    /// </summary>
    /// <inheritdoc cref="EndAsync"/>
    public async Task<int> EndAllAsync(
        string operatorId, SessionEndAct act, Actor who, RequestOrigin origin, CancellationToken cancellationToken)
    {
        _access.Demand(who, RightToEnd(who, operatorId));
        return act.IsTrial
            ? (await _store.FindOpenAsync(operatorId, cancellationToken)).Count(session => session.Name != who.Session)
            : await _ending.EndOthersAsync(
                operatorId, who.Session, SessionEndReason.Revoked, act.Reason, who, origin, cancellationToken);
    }

    private Right RightToEnd(Actor who, string operatorId) =>
        IsOwn(who, operatorId) ? Right.OwnAccount : Right.ManageSessions;

    private bool IsOwn(Actor who, string operatorId) => OperatorOf(who) == operatorId;

    // Names are unique and never change. Commands and Signet itself are nobody's operator, whatever operators are called.
    private string? OperatorOf(Actor who) => who.Role is null ? null : _operators.FindByName(who.Name)?.Id;
}

/// <summary>The wish to end a session.</summary>
/// <param name="Reason">Why, for the audit log; null where none was given.</param>
/// <param name="IsTrial">True to hear only what would end.</param>
public sealed record SessionEndAct(string? Reason, bool IsTrial = false);

/// <summary>What became of the wish to end a session.</summary>
public abstract record SessionEndOutcome
{
    private SessionEndOutcome()
    {
    }

    /// <summary>It has ended; in a trial it would, and is as it was.</summary>
    public sealed record Ended(Session Session) : SessionEndOutcome;

    /// <summary>It had ended before, and keeps the reason of then.</summary>
    public sealed record Already(Session Session) : SessionEndOutcome;

    /// <summary>It is the session in which the actor acts: signing out ends it.</summary>
    public sealed record Current : SessionEndOutcome;

    /// <summary>There is none of this name that the actor may see.</summary>
    public sealed record Unknown : SessionEndOutcome;
}
