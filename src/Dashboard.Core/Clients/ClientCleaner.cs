using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Leadership;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Clients;

/// <summary>
/// Ends clients whose registration has been over for long, and those that registered themselves and were never used; revokes
/// what ended clients were given where whoever ended them did not come to it. Of several nodes only the leader does; an end
/// counts once, whoever writes it.
/// </summary>
internal sealed class ClientCleaner(
    IClientStore store,
    ClientEnder ender,
    IOptions<ClientOptions> options,
    LeaderElection election,
    TimeProvider clock,
    ILogger<ClientCleaner> logger) : LeaderWork(election, Interval, clock, logger)
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    // Whoever ended a client is still about to revoke what it was given.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Ends what is due now; returns how many clients that were.</summary>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        var now = Clock.GetUtcNow();
        foreach (var client in await store.FindUncutAsync(now - Patience, MostAtOnce, cancellationToken))
        {
            await ender.CutOffAsync(client, Actor.Signet, "Its registration had ended.", cancellationToken);
        }

        var (expiredBefore, unusedSince) = (now - options.Value.RenewableFor, now - options.Value.UnusedAfter);
        var ended = 0;
        foreach (var client in await store.FindDueAsync(expiredBefore, unusedSince, MostAtOnce, cancellationToken))
        {
            var (reason, why) = client.ExpiresAt < expiredBefore
                ? (ClientEndReason.Expired, "Its registration expired and was not renewed.")
                : (ClientEndReason.Unused, "It registered itself and was never used.");
            if (await ender.EndAsync(client, reason, Actor.Signet, why, cancellationToken) is not null)
            {
                ended++;
            }
        }

        return ended;
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => CleanAsync(cancellationToken);

    protected override void Delayed(StoreUnavailableException exception) => Logger.CleaningDelayed(exception);
}
