using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Leadership;

/// <summary>
/// Something that only one node does, every so often: whichever leads at that moment. Where the store cannot be used it is told,
/// and tried again the next time; so is whatever else goes wrong, which must not end the program.
/// </summary>
internal abstract class LeaderWork(LeaderElection election, TimeSpan interval, TimeProvider clock, ILogger logger) : BackgroundService
{
    protected TimeProvider Clock => clock;

    protected ILogger Logger => logger;

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
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.WorkFailed(GetType().Name, exception.GetType().Name);
            }
        }
    }

    /// <summary>Does what is due now.</summary>
    protected abstract Task WorkAsync(CancellationToken cancellationToken);

    /// <summary>Logs that the store could not be used.</summary>
    protected abstract void Delayed(StoreUnavailableException exception);
}
