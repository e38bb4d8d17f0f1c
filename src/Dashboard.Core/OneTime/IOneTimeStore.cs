using Dashboard.Core.Primitives;

namespace Dashboard.Core.OneTime;

/// <summary>Remembers what can be used once and was, for all nodes. Keeps hashes only.</summary>
internal interface IOneTimeStore
{
    /// <summary>True for the first of any number of concurrent calls with this hash, on whatever node. Atomic, and durable.</summary>
    Task<bool> UseAsync(byte[] hash, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Forgets up to so many of those that expired before; returns how many.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken);
}
