using Dashboard.Core.Events;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Finds events that nobody told of: those that a command stored, and those that waited on a node that stopped. What is known
/// already is raised no second time, and what this check has raised is not even tried again.
/// </summary>
internal sealed class MissedEventCheck(EventLog events, AlertBook book, TimeProvider clock) : IAlertCheck
{
    private const int MostEvents = 50;
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    // Until then it may still be on its way.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // The numbers of those among the newest that were raised. In memory alone: whoever starts, or leads again, tries them once.
    private readonly HashSet<long> _raised = [];

    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        List<long> looked = [];
        foreach (var kind in EventDrafts.Kinds)
        {
            var newest = await events.ReadNewestAsync(kind, MostEvents, cancellationToken);
            looked.AddRange(newest.Select(item => item.Number));
            foreach (var item in newest.Where(IsMissed).Reverse())
            {
                await book.RaiseAsync(EventDrafts.Of(item)! with { IsOnce = true }, cancellationToken);
                _raised.Add(item.Number);
            }
        }

        _raised.IntersectWith(looked);

        // Not by the highest number so far: one that waited on another node is stored behind later ones.
        bool IsMissed(SecurityEvent item) =>
            item.At > now - Back && item.At < now - Patience && !_raised.Contains(item.Number);
    }
}
