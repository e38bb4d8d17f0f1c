using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Purging;

/// <summary>Deletes what has outlived its retention, in small batches with pauses, so that nothing else waits for it.</summary>
public sealed class PurgeWorker : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly IReadOnlyList<PurgeStep> _steps;
    private readonly TimeProvider _clock;
    private readonly ILogger<PurgeWorker> _logger;

    internal PurgeWorker(IEnumerable<PurgeStep> steps, TimeProvider clock, ILogger<PurgeWorker> logger) =>
        (_steps, _clock, _logger) = ([.. steps], clock, logger);

    /// <summary>The last finished run since start; null before the first.</summary>
    public PurgeRun? LastRun { get; private set; }

    /// <summary>Deletes everything that is due now.</summary>
    public async Task<PurgeRun> RunAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        Dictionary<string, long> gone = new(StringComparer.Ordinal);
        foreach (var step in _steps)
        {
            gone[step.What] = await DrainAsync(limit => step.RunAsync(now, limit, cancellationToken), cancellationToken)
                + gone.GetValueOrDefault(step.What);
        }

        if (gone.Values.Sum() > 0)
        {
            _logger.Purged(string.Join(", ", gone.Select(item => $"{item.Value} {item.Key}")));
        }

        LastRun = new PurgeRun(now, gone);
        return LastRun;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (StoreUnavailableException exception)
            {
                _logger.PurgeDelayed(exception);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<long> DrainAsync(Func<int, Task<int>> purge, CancellationToken cancellationToken)
    {
        var total = 0L;
        while (await purge(BatchSize) is var count && count > 0)
        {
            total += count;
            if (count < BatchSize)
            {
                break;
            }

            await Task.Delay(Pause, _clock, cancellationToken);
        }

        return total;
    }
}

/// <summary>What one purge did.</summary>
/// <param name="At">When it began.</param>
/// <param name="Gone">How many of each kind of thing it deleted, such as <c>tokens</c>.</param>
public sealed record PurgeRun(DateTimeOffset At, IReadOnlyDictionary<string, long> Gone);

/// <summary>One thing that outlives its use. Every feature registers its own.</summary>
/// <param name="What">What is deleted, in the plural.</param>
/// <param name="RunAsync">Deletes up to so many of those that are due at a time; returns how many went.</param>
internal sealed record PurgeStep(string What, Func<DateTimeOffset, int, CancellationToken, Task<int>> RunAsync);
