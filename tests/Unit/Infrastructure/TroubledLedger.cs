using Dashboard.Core.Audit;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>The ledger of a store in trouble.</summary>
internal sealed class TroubledLedger(ITokenLedger inner) : ITokenLedger
{
    /// <summary>While set, single rows cannot be read.</summary>
    public bool IsUnreadable { get; set; }

    /// <summary>Lists are answered after this.</summary>
    public Task ListsAfter { get; set; } = Task.CompletedTask;

    /// <summary>Puts itself before the ledger of whichever store there is.</summary>
    public static void Insert(IServiceCollection services)
    {
        var stored = services.Single(service => service.ServiceType == typeof(ITokenLedger)).ImplementationFactory!;
        services.AddSingleton<ITokenLedger>(provider => new TroubledLedger((ITokenLedger)stored(provider)));
    }

    public Task<LedgerEntry?> FindAsync(string tokenId, CancellationToken cancellationToken) => IsUnreadable
        ? throw new StoreUnavailableException("The test says no.")
        : inner.FindAsync(tokenId, cancellationToken);

    public Task AddAsync(LedgerEntry entry, AuditEntry? audit, CancellationToken cancellationToken) =>
        inner.AddAsync(entry, audit, cancellationToken);

    public async Task<Page<LedgerEntry>> ListAsync(
        LedgerFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken)
    {
        await ListsAfter.WaitAsync(cancellationToken);
        return await inner.ListAsync(filter, now, cursor, limit, cancellationToken);
    }

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
