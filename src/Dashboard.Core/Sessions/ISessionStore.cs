using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Sessions;

/// <summary>Keeps sessions, also ended ones. Every adapter must pass <c>SessionStoreContract</c>.</summary>
internal interface ISessionStore
{
    /// <summary>How many sessions the search for a text looks at for one page.</summary>
    const int MostSearched = 10_000;

    /// <summary>
    /// Adds a session with the SHA-256 of its cookie's id, null for sessions of the API. Adding the same name or secret
    /// twice is a bug and throws.
    /// </summary>
    Task AddAsync(Session session, byte[]? secretHash, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Finds by the cookie's id, ended ones too; null where there is none.</summary>
    Task<Session?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken);

    /// <summary>Finds by name, ended ones too; null where there is none.</summary>
    Task<Session?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>An operator's sessions that have not ended, newest first.</summary>
    Task<IReadOnlyList<Session>> FindOpenAsync(string operatorId, CancellationToken cancellationToken);

    /// <summary>
    /// Lists sessions, newest first. A page costs the same however many there are: with a text it looks at no more than
    /// <see cref="MostSearched"/> sessions, may hold fewer than asked for, and its cursor leads on behind them.
    /// </summary>
    Task<Page<Session>> ListAsync(SessionFilter filter, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <paramref name="limit"/> sessions that have not ended though their absolute limit has passed, or that are a
    /// browser's and were last seen at or before <paramref name="idleSince"/>.
    /// </summary>
    Task<IReadOnlyList<Session>> FindOverdueAsync(
        DateTimeOffset now, DateTimeOffset idleSince, int limit, CancellationToken cancellationToken);

    /// <summary>Moves the time of the last action forward, never back, and never that of an ended session.</summary>
    Task TouchAsync(string name, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Replaces what a live session is bound to; false where it has ended or is unknown.</summary>
    Task<bool> RebindAsync(string name, SessionBinding binding, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a session wait until its person confirms a change. Of any number of concurrent calls exactly one gets true;
    /// false where it waits already, has ended or is unknown.
    /// </summary>
    Task<bool> ChallengeAsync(
        string name, BindingSignal signal, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a live session what its person has just proved, in place of what it had: a new secret, after which the old one
    /// leads nowhere, the times of the proof, and what it is bound to. It waits for no confirmation any more. False, and
    /// nothing changed, where it has ended or is unknown.
    /// </summary>
    Task<bool> RenewAsync(SessionRenewal renewal, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Ends a session. Of any number of concurrent calls exactly one gets true, and only its entry is written.</summary>
    Task<bool> EndAsync(SessionEnd end, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Deletes up to <paramref name="limit"/> sessions that ended before a time; returns how many went.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset endedBefore, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>The end of a session.</summary>
/// <param name="Name">Which.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="LastSeenBy">Ends it only if it was not seen after this, so that an action just in time wins; null always.</param>
internal sealed record SessionEnd(string Name, SessionEndReason Reason, DateTimeOffset At, DateTimeOffset? LastSeenBy = null)
{
    /// <summary>Why, in the words of whoever ends it; null where nobody said. The audit log keeps them, not the session.</summary>
    public string? Words { get; init; }
}

/// <summary>What a session becomes when its person has proved that it is them.</summary>
/// <param name="Name">Which.</param>
/// <param name="SecretHash">SHA-256 of the new secret.</param>
/// <param name="ProvenAt">When.</param>
/// <param name="SecondFactor">The second factor that was shown; null where it was the password, and then the last one stays.</param>
/// <param name="Binding">What it is bound to from now on.</param>
internal sealed record SessionRenewal(
    string Name, byte[] SecretHash, DateTimeOffset ProvenAt, SecondFactorKind? SecondFactor, SessionBinding Binding)
{
    /// <summary>The name only.</summary>
    public override string ToString() => Name;
}
