using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Tokens.Ledger;

/// <summary>Keeps a row for every token issued and not yet purged. Every adapter must pass <c>TokenLedgerContract</c>.</summary>
public interface ITokenLedger : IKeyUsage
{
    /// <summary>
    /// Adds a row and, where a person asked for the token, its audit entry: both or neither. On return it is durable.
    /// Adding the same <c>jti</c> twice is a bug and throws.
    /// </summary>
    Task AddAsync(LedgerEntry entry, AuditEntry? audit, CancellationToken cancellationToken);

    /// <summary>The row of a <c>jti</c>, or null where it was never issued or was purged.</summary>
    Task<LedgerEntry?> FindAsync(string tokenId, CancellationToken cancellationToken);

    /// <summary>
    /// Lists rows, newest first. A page costs the same at a thousand and at five million rows.
    /// <paramref name="now"/> decides what is expired.
    /// </summary>
    Task<Page<LedgerEntry>> ListAsync(
        LedgerFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>The three numbers of the overview, each counted along an index and no further than a cap.</summary>
    Task<LedgerCounts> CountAsync(DateTimeOffset now, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Reads up to <paramref name="limit"/> rows after a row of an earlier call, newest first, without counting.</summary>
    Task<IReadOnlyList<LedgerEntry>> ReadAsync(
        LedgerFilter filter, DateTimeOffset now, PageCursor? after, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Adds presentations to their rows; the first of a token is kept, the last replaced. One that is older than the last is
    /// told of too late, and left out.
    /// </summary>
    Task RecordPresentationsAsync(
        IReadOnlyCollection<TokenPresentation> presentations, CancellationToken cancellationToken);

    /// <summary>Deletes up to <paramref name="limit"/> rows that expired before a time; returns how many went.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>A token was shown to Signet.</summary>
/// <param name="TokenId">Its <c>jti</c>.</param>
/// <param name="At">When.</param>
/// <param name="Ip">The address it came from; null where unknown.</param>
/// <param name="UserAgent">The user agent; null where unknown.</param>
/// <param name="Where">Where: <c>validate</c>, <c>verify</c>, <c>introspect</c>, <c>api</c>, <c>token</c>, <c>register</c>, or <c>resource</c> and the client that is the API.</param>
public sealed record TokenPresentation(string TokenId, DateTimeOffset At, string? Ip, string? UserAgent, string Where);
