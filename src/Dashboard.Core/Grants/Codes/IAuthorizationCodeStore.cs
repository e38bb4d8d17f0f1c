using Dashboard.Core.Primitives;

namespace Dashboard.Core.Grants.Codes;

/// <summary>
/// Keeps authorization codes, and of them only hashes. Every adapter must pass <c>AuthorizationCodeStoreContract</c>.
/// </summary>
internal interface IAuthorizationCodeStore
{
    /// <summary>Adds a code. On return it is durable.</summary>
    Task AddAsync(StoredCode code, CancellationToken cancellationToken);

    /// <summary>The code with this hash, used or not; null where there is none.</summary>
    Task<StoredCode?> FindAsync(byte[] hash, CancellationToken cancellationToken);

    /// <summary>
    /// Uses a code for a family of tokens, and tells the family that it gave: the given one for the first of any number of
    /// concurrent calls, on whatever node, and that one for all others. Null where there is no such code. Atomic.
    /// </summary>
    Task<string?> UseAsync(byte[] hash, string family, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets up to so many codes, used or not, that expired before; returns how many.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>An authorization code as the store keeps it: everything but the code.</summary>
/// <param name="Hash">SHA-256 of the code.</param>
/// <param name="Grant">What it stands for.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="ExpiresAt">From when on it is refused.</param>
internal sealed record StoredCode(byte[] Hash, AuthorizationGrant Grant, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    /// <summary>The family of tokens that it gave; null while it is unused.</summary>
    public string? Family { get; init; }
}
