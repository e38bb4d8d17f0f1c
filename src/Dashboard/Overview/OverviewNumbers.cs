using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;

namespace Dashboard.Overview;

/// <summary>The numbers of the overview at one moment.</summary>
/// <param name="Ledger">Live, issued and revoked tokens.</param>
/// <param name="Refused">Refused tokens.</param>
public sealed record OverviewNumbers(LedgerCounts Ledger, CappedCount Refused)
{
    /// <summary>"Lately" on this page.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    /// <summary>Counts now.</summary>
    public static async Task<OverviewNumbers> ReadAsync(
        TokenDirectory directory, EventLog events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - Window;
        return new OverviewNumbers(
            await directory.CountAsync(since, cancellationToken),
            CappedCount.Of(await events.CountAsync(EventKinds.TokenRefused, since, CappedCount.Most + 1, cancellationToken)));
    }
}
