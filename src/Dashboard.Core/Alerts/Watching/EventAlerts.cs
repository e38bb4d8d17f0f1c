using System.Threading.Channels;
using Dashboard.Core.Events;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Raises alerts of what happened on this node. The one who tells of events is not held up: they are noted here and raised
/// behind, those of one thing together. Where the store cannot be used they wait.
/// </summary>
internal sealed class EventAlerts(AlertBook book, TimeProvider clock, ILogger<EventAlerts> logger) : BackgroundService, IEventWatcher
{
    private const int MostWaiting = 10_000;
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    private readonly Channel<AlertDraft> _waiting = Channel.CreateBounded<AlertDraft>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _dropped;

    public void Stored(IReadOnlyList<SecurityEvent> events)
    {
        foreach (var item in events)
        {
            if (EventDrafts.Of(item) is { } draft && !_waiting.Writer.TryWrite(draft))
            {
                Interlocked.Increment(ref _dropped);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            foreach (var draft in Together(Drain()))
            {
                while (!await TryRaiseAsync(draft, stoppingToken))
                {
                    await Task.Delay(TryAgain, clock, stoppingToken);
                }
            }

            if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
            {
                logger.AlertsDropped(dropped);
            }
        }
    }

    private List<AlertDraft> Drain()
    {
        List<AlertDraft> drafts = [];
        while (_waiting.Reader.TryRead(out var draft))
        {
            drafts.Add(draft);
        }

        return drafts;
    }

    // The newest speaks for all of one thing.
    private static IEnumerable<AlertDraft> Together(List<AlertDraft> drafts) => drafts
        .GroupBy(draft => (draft.Kind, draft.Key))
        .Select(group => group.Last() with { Times = group.Sum(draft => draft.Times) });

    private async Task<bool> TryRaiseAsync(AlertDraft draft, CancellationToken cancellationToken)
    {
        try
        {
            await book.RaiseAsync(draft, cancellationToken);
            return true;
        }
        catch (StoreUnavailableException exception)
        {
            logger.AlertsDelayed(exception, draft.Kind);
            return false;
        }
    }
}
