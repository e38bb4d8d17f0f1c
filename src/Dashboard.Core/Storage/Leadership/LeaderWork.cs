using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Storage.Leadership;

/// <summary>
/// Something that only one node does, every so often: whichever leads at that moment. Where the store cannot be used it is told,
/// and tried again the next time.
/// </summary>
internal abstract class LeaderWork(LeaderElection election, TimeSpan interval, TimeProvider clock) : BackgroundService
{
    protected TimeProvider Clock => clock;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await election.FindTermAsync(stoppingToken) is not null)
                {
                    await WorkAsync(stoppingToken);
                }
            }
            catch (StoreUnavailableException exception)
            {
                Delayed(exception);
            }
        }
    }

    /// <summary>Does what is due now.</summary>
    protected abstract Task WorkAsync(CancellationToken cancellationToken);

    /// <summary>Logs that the store could not be used.</summary>
    protected abstract void Delayed(StoreUnavailableException exception);
}
