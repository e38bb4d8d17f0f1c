using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A ledger whose single rows cannot be read while <see cref="IsUnreadable"/> is set.</summary>
internal sealed class UnreadableLedger(ITokenLedger inner) : ITokenLedger
{
    public bool IsUnreadable { get; set; }

    public Task<LedgerEntry?> FindAsync(string tokenId, CancellationToken cancellationToken) => IsUnreadable
        ? throw new StoreUnavailableException("The test says no.")
        : inner.FindAsync(tokenId, cancellationToken);

    public Task AddAsync(LedgerEntry entry, AuditEntry? audit, CancellationToken cancellationToken) =>
        inner.AddAsync(entry, audit, cancellationToken);

    public Task<Page<LedgerEntry>> ListAsync(
        LedgerFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken) =>
        inner.ListAsync(filter, now, cursor, limit, cancellationToken);

    public Task<LedgerCounts> CountAsync(DateTimeOffset now, DateTimeOffset since, CancellationToken cancellationToken) =>
        inner.CountAsync(now, since, cancellationToken);

    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(
        LedgerFilter filter, DateTimeOffset now, PageCursor? after, int limit, CancellationToken cancellationToken) =>
        inner.ReadAsync(filter, now, after, limit, cancellationToken);

    public Task RecordPresentationsAsync(
        IReadOnlyCollection<TokenPresentation> presentations, CancellationToken cancellationToken) =>
        inner.RecordPresentationsAsync(presentations, cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        inner.PurgeAsync(expiredBefore, limit, term, cancellationToken);

    public Task<KeyUsage> ReadUsageAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken) =>
        inner.ReadUsageAsync(keyId, now, cancellationToken);
}
