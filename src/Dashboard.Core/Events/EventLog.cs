using System.Threading.Channels;
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
    private const int MostPerBatch = 500;
    private static readonly TimeSpan BatchInterval = TimeSpan.FromMilliseconds(100);

    private readonly Channel<SecurityEvent> _queue = Channel.CreateBounded<SecurityEvent>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly CancellationTokenSource _ending = new();
    private readonly IEventStore _store;
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;
    private readonly ILogger<EventLog> _logger;
    private long _dropped;

    internal EventLog(IEventStore store, IChangeFeed feed, TimeProvider clock, ILogger<EventLog> logger) =>
        (_store, _feed, _clock, _logger) = (store, feed, clock, logger);

    /// <summary>How many events were lost since start because the store was slower than they came.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>How many events wait to be written.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Queues an event. Never waits and never fails.</summary>
    public void Record(SecurityEvent item)
    {
        if (!_queue.Writer.TryWrite(item))
        {
            Interlocked.Increment(ref _dropped);
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

    /// <inheritdoc cref="IEventStore.CountAsync"/>
    public Task<int> CountAsync(string kind, DateTimeOffset since, int most, CancellationToken cancellationToken) =>
        _store.CountAsync(kind, since, most, cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Ends the loop after what is queued, and the pause it may be in. The base class would cancel a loop that has not
        // begun yet, and what is queued with it.
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
            while (batch.Count < MostPerBatch && _queue.Reader.TryRead(out var item))
            {
                batch.Add(item);
            }

            await WriteAsync(batch);
            batch.Clear();
            if (!_queue.Reader.Completion.IsCompleted)
            {
                await Task.Delay(BatchInterval, _clock, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task WriteAsync(List<SecurityEvent> batch)
    {
        try
        {
            await _store.AppendAsync(batch, CancellationToken.None);
            _feed.Publish(new Change(ChangeKind.Events, null));
        }
        catch (StoreUnavailableException exception)
        {
            Interlocked.Add(ref _dropped, batch.Count);
            _logger.BatchLost(exception, batch.Count);
        }
    }
}
