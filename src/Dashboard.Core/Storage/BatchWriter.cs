using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Storage;

/// <summary>Something that is noted in memory and written every second, so that nobody waits for it, and once more when stopping.</summary>
public abstract class BatchWriter : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private protected BatchWriter(TimeProvider clock) => Clock = clock;

    private protected TimeProvider Clock { get; }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <summary>Writes what waits.</summary>
    internal abstract Task WriteAsync(CancellationToken cancellationToken);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The rest is written when stopping.
        }
    }
}
