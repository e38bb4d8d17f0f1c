using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Core.Tokens.Revocation;

/// <summary>Keeps revocations. Every adapter must pass <c>RevocationStoreContract</c>.</summary>
public interface IRevocationStore
{
    /// <summary>
    /// Revokes one token, with the audit entry, in one step. Of any number of concurrent calls exactly one gets
    /// <see cref="TokenRevocationOutcome.Revoked"/>; the others see that one's stamp.
    /// </summary>
    Task<TokenRevocationOutcome> RevokeAsync(
        string tokenId, RevocationStamp stamp, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Adds a cut-off or a revocation by filter, with the audit entry: one write, whatever it covers.</summary>
    Task AddAsync(TokenRevocation revocation, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>
    /// Writes a running revocation into the next <paramref name="limit"/> rows it covers, and how far it came, in one step;
    /// sets it to done after the last. Does nothing to one that is not running.
    /// </summary>
    Task<RevocationBatch> ContinueAsync(string id, int limit, CancellationToken cancellationToken);

    /// <summary>Stops a running revocation, with the audit entry; false where it was not running.</summary>
    Task<bool> CancelAsync(string id, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>A cut-off or revocation by filter; null where there is none with this id.</summary>
    Task<TokenRevocation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>What is unfinished, oldest first.</summary>
    Task<IReadOnlyList<TokenRevocation>> FindRunningAsync(CancellationToken cancellationToken);

    /// <summary>Every cut-off, and every revoked token that expires after a time.</summary>
    Task<RevocationSnapshot> ReadAsync(DateTimeOffset expiresAfter, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes up to <paramref name="limit"/> finished cut-offs and revocations by filter that began before a time; returns
    /// how many went. What they revoked stays revoked.
    /// </summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken);

    /// <summary>Counts the live tokens that a filter covers.</summary>
    Task<RevocationPreview> PreviewAsync(LedgerFilter filter, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>What one batch did.</summary>
/// <param name="Revocation">The revocation after it.</param>
/// <param name="Tokens">The tokens it revoked, with their expiry.</param>
public sealed record RevocationBatch(TokenRevocation Revocation, IReadOnlyList<(string TokenId, DateTimeOffset ExpiresAt)> Tokens);

/// <summary>Everything the in-memory list starts with.</summary>
public sealed record RevocationSnapshot(
    IReadOnlyList<TokenRevocation> CutOffs, IReadOnlyList<(string TokenId, DateTimeOffset ExpiresAt)> Tokens);
