using System.Runtime.CompilerServices;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Core.Tokens.Ledger;

/// <summary>
/// Lists and finds what the ledger holds, as things stand now: a row that a cut-off covers shows as revoked from the first
/// moment, before the cut-off has been written into it.
/// </summary>
public sealed class TokenDirectory
{
    private const int ExportBatch = 1_000;

    private readonly ITokenLedger _ledger;
    private readonly RevocationList _revocations;
    private readonly TimeProvider _clock;

    internal TokenDirectory(ITokenLedger ledger, RevocationList revocations, TimeProvider clock) =>
        (_ledger, _revocations, _clock) = (ledger, revocations, clock);

    /// <inheritdoc cref="ITokenLedger.ListAsync"/>
    public async Task<Page<LedgerEntry>> ListAsync(
        LedgerFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = await _ledger.ListAsync(
            filter, _clock.GetUtcNow(), cursor, Math.Clamp(limit, 1, PageLimit.Largest), cancellationToken);
        return page with { Items = [.. page.Items.Select(AsOfNow)] };
    }

    /// <inheritdoc cref="ITokenLedger.FindAsync"/>
    public async Task<LedgerEntry?> FindAsync(string tokenId, CancellationToken cancellationToken) =>
        await _ledger.FindAsync(tokenId, cancellationToken) is { } entry ? AsOfNow(entry) : null;

    /// <summary>Reads every matching row in pages, newest first, for exports of any length.</summary>
    public async IAsyncEnumerable<LedgerEntry> ReadAllAsync(
        LedgerFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        PageCursor? after = null;
        IReadOnlyList<LedgerEntry> rows;
        do
        {
            rows = await _ledger.ReadAsync(filter, _clock.GetUtcNow(), after, ExportBatch, cancellationToken);
            foreach (var entry in rows)
            {
                yield return AsOfNow(entry);
                after = new PageCursor(entry.IssuedAt, entry.TokenId);
            }
        }
        while (rows.Count == ExportBatch);
    }

    /// <inheritdoc cref="ITokenLedger.CountAsync"/>
    public Task<LedgerCounts> CountAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        _ledger.CountAsync(_clock.GetUtcNow(), since, cancellationToken);

    /// <summary>Whether a row's token is good now, as far as the ledger knows.</summary>
    public TokenStatus StatusOf(LedgerEntry entry) =>
        entry.Revoked is not null ? TokenStatus.Revoked
        : entry.ExpiresAt <= _clock.GetUtcNow() ? TokenStatus.Expired
        : TokenStatus.Live;

    private LedgerEntry AsOfNow(LedgerEntry entry) => entry with { Revoked = _revocations.StampOf(entry) };
}
