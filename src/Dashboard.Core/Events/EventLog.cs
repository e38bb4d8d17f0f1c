using System.Threading.Channels;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Events.Sampling;
using Dashboard.Core.Live;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Events;

/// <summary>
/// Takes events without making anybody wait and writes them in batches. The queue is bounded; what does not fit is
/// counted, and the count is shown.
/// </summary>
public sealed class EventLog : BackgroundService
{
    internal const int QueueLength = 10_000;
    internal const int AlertsLength = 1_000;
    private const int MostPerBatch = 500;
    private static readonly TimeSpan BatchInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    // A store that is away comes back, or the queue overflows; a batch that it never takes must not hold up all others.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // Null only says that something was counted, or that there is an alert.
    private readonly Channel<SecurityEvent?> _queue = Channel.CreateBounded<SecurityEvent?>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    // What somebody should look at now is not lost behind what anybody can send.
    private readonly Channel<SecurityEvent> _alerts = Channel.CreateBounded<SecurityEvent>(
        new BoundedChannelOptions(AlertsLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _ending = new();
    private readonly RefusalTally _tally = new();
    private readonly IReadOnlyList<IEventWatcher> _watchers;
    private readonly RefusalSampling _sampling;
    private readonly IEventStore _store;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventLog> _logger;
    private long _dropped;
    private int _isWoken;

    internal EventLog(
        IEventStore store,
        RefusalSampling sampling,
        IEnumerable<IEventWatcher> watchers,
        IChangeFeed feed,
        TimeProvider clock,
        ILogger<EventLog> logger)
    {
        (_store, _sampling, _watchers) = (store, sampling, [.. watchers]);
        (_feed, _clock, _logger) = (feed, clock, logger);
    }

    /// <summary>How many events were lost since start because the store was slower than they came.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How many events wait to be written.</summary>
    public int Waiting => _queue.Reader.Count + _alerts.Reader.Count;

    /// <summary>
    /// Queues an event. Never waits and never fails. A refusal is counted whatever becomes of its event, and has one of its own
    /// as long as there are few from its source. An alert is written before everything else.
    /// </summary>
    public void Record(SecurityEvent item)
    {
        if (item.Outcome is EventOutcome.Alert && _alerts.Writer.TryWrite(item))
        {
            Wake();
            return;
        }

        if (item.Outcome is not EventOutcome.Refused)
        {
            Enqueue(item);
            return;
        }

        var refused = item.Code is null ? item with { Code = item.Kind } : item;
        _tally.Add(refused);
        if (_sampling.Keeps(refused))
        {
            Enqueue(refused);
        }
        else
        {
            Wake();
        }
    }

    /// <summary>Records how many refusals were not kept, and begins another minute.</summary>
    internal void Summarize()
    {
        foreach (var summary in _sampling.Summarize(_clock.GetUtcNow()))
        {
            Enqueue(summary);
        }
    }

    /// <inheritdoc cref="IEventStore.FindByRequestAsync"/>
    public Task<SecurityEvent?> FindByRequestAsync(string requestId, CancellationToken cancellationToken) =>
        _store.FindByRequestAsync(requestId, cancellationToken);

    /// <inheritdoc cref="IEventStore.ListAsync"/>
    public Task<Page<SecurityEvent>> ListAsync(
        EventFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        _store.ListAsync(filter, cursor, limit, cancellationToken);

    /// <inheritdoc cref="IEventStore.ReadNewestAsync"/>
    public Task<IReadOnlyList<SecurityEvent>> ReadNewestAsync(string kind, int limit, CancellationToken cancellationToken) =>
        _store.ReadNewestAsync(kind, limit, cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Ends the loop after what is queued, and the pause it may be in. The base class would cancel a loop that has not
        // begun yet, and what is queued with it.
        _alerts.Writer.TryComplete();
        _queue.Writer.TryComplete();
        await _ending.CancelAsync();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _ending.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<SecurityEvent> batch = [];
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None))
        {
            Interlocked.Exchange(ref _isWoken, 0);
            TakeAlerts(batch);
            while (batch.Count < MostPerBatch && _queue.Reader.TryRead(out var item))
            {
                if (item is not null)
                {
                    batch.Add(item);
                }
            }

            await WriteAsync(batch, _tally.Take());
            batch.Clear();
            if (_queue.Reader.Count < MostPerBatch && !_queue.Reader.Completion.IsCompleted)
            {
                await PauseAsync(BatchInterval);
            }
        }

        // Those that came while the log was stopped and nobody could be woken any more.
        for (TakeAlerts(batch); batch is not []; TakeAlerts(batch))
        {
            await WriteAsync(batch, _tally.Take());
            batch.Clear();
        }
    }

    private void TakeAlerts(List<SecurityEvent> batch)
    {
        while (batch.Count < MostPerBatch && _alerts.Reader.TryRead(out var alert))
        {
            batch.Add(alert);
        }
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) is 0)
        {
            _queue.Writer.TryWrite(null);
        }
    }

    private void Enqueue(SecurityEvent item)
    {
        if (!_queue.Writer.TryWrite(item))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    // Where the store cannot be used, what came meanwhile waits in the queue. A batch that was written although the store did not
    // say so in time is there twice: that is better than not at all.
    private async Task WriteAsync(List<SecurityEvent> batch, IReadOnlyDictionary<RollupCell, long> counts)
    {
        var began = _clock.GetTimestamp();
        while (true)
        {
            try
            {
                await _store.AppendAsync(batch, counts, CancellationToken.None);
                _feed.Publish(new Change(ChangeKind.Events, null));
                break;
            }
            catch (StoreUnavailableException exception) when (_ending.IsCancellationRequested || _clock.GetElapsedTime(began) > Patience)
            {
                _tally.GiveBack(counts);
                Interlocked.Add(ref _dropped, batch.Count);
                _logger.BatchLost(exception, batch.Count);
                return;
            }
            catch (StoreUnavailableException)
            {
                await PauseAsync(TryAgain);
            }
        }

        foreach (var watcher in _watchers)
        {
            watcher.Stored([.. batch]);
        }
    }

    private async Task PauseAsync(TimeSpan pause) =>
        await Task.Delay(pause, _clock, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
