using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Throttling.Budgets;

/// <summary>
/// Tells the other nodes once a second what was counted here, and learns in the same call what all have counted together.
/// Nothing is asked about addresses that cost nothing meanwhile.
/// </summary>
internal sealed class BudgetSharing(
    RequestBudgets budgets, IThrottleStore store, TimeProvider clock, ILogger<BudgetSharing> logger) : BackgroundService
{
    private const int MostAtOnce = 250;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    // Two minutes count; clocks of nodes differ.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(3);

    /// <summary>Shares what is to be shared now, as far as one call goes.</summary>
    public async Task ShareAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var shares = Take(now.ToUnixTimeMilliseconds());
        if (shares is [])
        {
            return;
        }

        try
        {
            var totals = await store.CountAsync([.. shares.SelectMany(share => CountsOf(share, now))], now, cancellationToken);
            for (var index = 0; index < shares.Count; index++)
            {
                shares[index].Window.Learn(shares[index].Minute, totals[2 * index], totals[(2 * index) + 1]);
            }

            Tell(isAlone: false, null);
        }
        catch (Exception exception)
        {
            shares.ForEach(share => share.Window.GiveBack(share.Minute, share.Count));
            if (exception is not StoreUnavailableException)
            {
                throw;
            }

            Tell(isAlone: true, exception);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var sweptAt = clock.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await ShareAsync(stoppingToken);
            if (clock.GetElapsedTime(sweptAt) >= SweepInterval)
            {
                budgets.Sweep();
                sweptAt = clock.GetTimestamp();
            }
        }
    }

    private static IEnumerable<ThrottleCount> CountsOf(Share share, DateTimeOffset now) =>
    [
        new ThrottleCount(ThrottleKeys.OfRequests(share.Budget, share.Address, share.Minute), share.Count, now + Kept),
        new ThrottleCount(ThrottleKeys.OfRequests(share.Budget, share.Address, share.Minute - 1), 0, now + Kept),
    ];

    private List<Share> Take(long now)
    {
        List<Share> shares = [];
        foreach (var (budget, address, window) in budgets.Read())
        {
            if (window.TakeUnshared(now) is (var minute, var count and > 0))
            {
                shares.Add(new Share(window, budget.Name, address, minute, count));
                if (shares.Count == MostAtOnce)
                {
                    break;
                }
            }
        }

        return shares;
    }

    private void Tell(bool isAlone, Exception? exception)
    {
        if (isAlone == budgets.IsAlone)
        {
            return;
        }

        budgets.IsAlone = isAlone;
        if (exception is null)
        {
            logger.CountingTogether();
        }
        else
        {
            logger.CountingAlone(exception);
        }
    }

    private sealed record Share(BudgetWindow Window, string Budget, NetworkAddress Address, long Minute, int Count);
}
