using Dashboard.Core.Events;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Finds events that nobody told of: those that a command stored, and those that waited on a node that stopped. What is known
/// already is raised no second time.
/// </summary>
internal sealed class MissedEventCheck(EventLog events, AlertBook book, TimeProvider clock) : IAlertCheck
{
    private const int MostEvents = 50;
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    // Until then it may still be on its way.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        foreach (var kind in EventDrafts.Kinds)
        {
            var newest = await events.ReadNewestAsync(kind, MostEvents, cancellationToken);
            foreach (var item in newest.Where(item => item.At > now - Back && item.At < now - Patience).Reverse())
            {
                await book.RaiseAsync(EventDrafts.Of(item)! with { IsOnce = true }, cancellationToken);
            }
        }
    }
}
