using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Throttling;

/// <summary>Counts failures for all nodes. Keeps hashes only: no names, no addresses.</summary>
internal interface IThrottleStore
{
    /// <summary>
    /// Counts one attempt on every counter before it is made, or refuses it and counts nothing: where any of them makes it
    /// wait. Atomic, so that of many at once no more pass than are free.
    /// </summary>
    /// <returns>Null where it was counted; otherwise the longest wait.</returns>
    Task<TimeSpan?> TakeAsync(IReadOnlyList<ThrottleUse> uses, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Clears some counters and takes one failure off others.</summary>
    Task GiveBackAsync(
        IReadOnlyList<byte[]> cleared, IReadOnlyList<byte[]> returned, CancellationToken cancellationToken);

    /// <summary>Clears counters, and makes those forgotten that <see cref="ThrottleUse.Mark"/> ties to the mark.</summary>
    /// <param name="unlock">What to clear.</param>
    /// <param name="audit">Commits with it; null where another entry tells of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task UnlockAsync(ThrottleUnlock unlock, AuditEntry? audit, CancellationToken cancellationToken);

    /// <summary>What a counter says now; null where it counts nothing.</summary>
    Task<ThrottleState?> FindAsync(byte[] key, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Adds to plain counters and reads them back, in one batch; drops some that have expired. Totals in the same order.</summary>
    Task<IReadOnlyList<int>> CountAsync(
        IReadOnlyList<ThrottleCount> counts, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets up to so many of those that expired before; returns how many.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>A counter that an attempt needs.</summary>
/// <param name="Key">See <see cref="ThrottleKeys"/>.</param>
/// <param name="Rule">What its failures mean.</param>
/// <param name="Mark">A key: failures up to when it was last unlocked do not count. Null for none.</param>
internal sealed record ThrottleUse(byte[] Key, ThrottleRule Rule, byte[]? Mark = null);

/// <summary>Which counters an unlocking clears.</summary>
internal sealed record ThrottleUnlock(
    IReadOnlyList<byte[]> Cleared, byte[] Mark, DateTimeOffset At, DateTimeOffset ExpiresAt);

/// <summary>What a counter holds.</summary>
internal sealed record ThrottleState(int Failures, DateTimeOffset LastAt);

/// <summary>A number to add to a plain counter; 0 to read it only.</summary>
internal sealed record ThrottleCount(byte[] Key, int By, DateTimeOffset ExpiresAt);
