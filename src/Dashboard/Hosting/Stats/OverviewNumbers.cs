using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Failures;

namespace Dashboard.Hosting.Stats;

/// <summary>The numbers of the overview at one moment.</summary>
/// <param name="Ledger">Live, issued and revoked tokens.</param>
/// <param name="Refused">Refused requests, by code.</param>
public sealed record OverviewNumbers(LedgerCounts Ledger, RefusalsNow Refused)
{
    /// <summary>"Lately" on this page.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Counts now.</summary>
    public static async Task<OverviewNumbers> ReadAsync(
        TokenDirectory directory, RefusalsNowReader refusals, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(await directory.CountAsync(now - Window, cancellationToken), await refusals.ReadAsync(cancellationToken));
}
