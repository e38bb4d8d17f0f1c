using Dashboard.Core.Primitives;

namespace Dashboard.Core.Idempotency;

/// <summary>Remembers requests by what their callers named them, for all nodes.</summary>
internal interface IIdempotencyStore
{
    /// <summary>
    /// Keeps the request unless one with the same id is remembered at this time; returns that one, or null where the request
    /// was kept. Atomic.
    /// </summary>
    Task<RememberedRequest?> BeginAsync(RememberedRequest request, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Writes down what the attempt made, and keeps it longer; nothing where another attempt has taken its place.</summary>
    Task CompleteAsync(string id, string attempt, string madeId, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Forgets an attempt that made nothing.</summary>
    Task ReleaseAsync(string id, string attempt, CancellationToken cancellationToken);

    /// <summary>Forgets up to so many of those that expired before; returns how many.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken);
}
