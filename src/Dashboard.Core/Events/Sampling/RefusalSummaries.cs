using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Events.Sampling;

/// <summary>Tells every minute how many refusals were not kept as events of their own, and once more when stopping.</summary>
internal sealed class RefusalSummaries(EventLog events, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        events.Summarize();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Minute, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            events.Summarize();
        }
    }
}
