using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions.Binding;

namespace Dashboard.Core.Sessions;

/// <summary>Keeps sessions, also ended ones. Every adapter must pass <c>SessionStoreContract</c>.</summary>
internal interface ISessionStore
{
    /// <summary>
    /// Adds a session with the SHA-256 of its cookie's id, null for sessions of the API. Adding the same name or secret
    /// twice is a bug and throws.
    /// </summary>
    Task AddAsync(Session session, byte[]? secretHash, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Finds by the cookie's id, ended ones too; null where there is none.</summary>
    Task<Session?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken);

    /// <summary>Finds by name, ended ones too; null where there is none.</summary>
    Task<Session?> FindAsync(string name, CancellationToken cancellationToken);

    /// <summary>The names of an operator's sessions that have not ended.</summary>
    Task<IReadOnlyList<string>> FindOpenAsync(string operatorId, CancellationToken cancellationToken);

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

    /// <summary>Counts a proof that failed, with its audit entry; returns how many that makes, 0 where it has ended.</summary>
    Task<int> CountFailedProofAsync(string name, AuditEntry audit, CancellationToken cancellationToken);

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
internal sealed record SessionEnd(string Name, SessionEndReason Reason, DateTimeOffset At, DateTimeOffset? LastSeenBy = null);
