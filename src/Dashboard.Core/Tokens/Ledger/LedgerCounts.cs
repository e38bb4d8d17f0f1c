using Dashboard.Core.Primitives;

namespace Dashboard.Core.Tokens.Ledger;

/// <summary>How much the ledger holds and what changed lately.</summary>
/// <param name="Live">Neither expired nor revoked.</param>
/// <param name="Issued">Issued since the time that was asked about.</param>
/// <param name="Revoked">Revoked since then, as far as it is written into the rows.</param>
public sealed record LedgerCounts(CappedCount Live, CappedCount Issued, CappedCount Revoked);
