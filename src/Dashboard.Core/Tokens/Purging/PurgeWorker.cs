using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Dashboard.Core.Tokens.Ledger;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens.Purging;

/// <summary>Deletes what has outlived its retention, in small batches with pauses, so that nothing else waits for it.</summary>
public sealed class PurgeWorker : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ITokenLedger _ledger;
    private readonly IEventStore _events;
    private readonly IOptions<TokenOptions> _tokens;
    private readonly IOptions<EventOptions> _retention;
    private readonly TimeProvider _clock;
    private readonly ILogger<PurgeWorker> _logger;

    internal PurgeWorker(
        ITokenLedger ledger,
        IEventStore events,
        IOptions<TokenOptions> tokens,
        IOptions<EventOptions> retention,
        TimeProvider clock,
        ILogger<PurgeWorker> logger) =>
        (_ledger, _events, _tokens, _retention, _clock, _logger) = (ledger, events, tokens, retention, clock, logger);

    /// <summary>The last finished run since start; null before the first.</summary>
    public PurgeRun? LastRun { get; private set; }

    /// <summary>Deletes everything that is due now.</summary>
    public async Task<PurgeRun> RunAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var tokens = await DrainAsync(
            () => _ledger.PurgeAsync(now - _tokens.Value.LedgerRetention, BatchSize, cancellationToken), cancellationToken);
        var events = await DrainAsync(
            () => _events.PurgeAsync(now - _retention.Value.Retention, BatchSize, cancellationToken), cancellationToken);
        if (tokens + events > 0)
        {
            _logger.Purged(tokens, events);
        }

        LastRun = new PurgeRun(now, tokens, events);
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

    private async Task<long> DrainAsync(Func<Task<int>> purge, CancellationToken cancellationToken)
    {
        var total = 0L;
        while (await purge() is var count && count > 0)
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
public sealed record PurgeRun(DateTimeOffset At, long Tokens, long Events);
