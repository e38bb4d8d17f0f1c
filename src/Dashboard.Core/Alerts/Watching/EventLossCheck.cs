using System.Globalization;
using Dashboard.Core.Events;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Tells that events were lost because the store was slower than they came. Each node has a queue of its own.</summary>
internal sealed class EventLossCheck(EventLog events, AlertBook book) : INodeAlertCheck
{
    private long _told;

    public TimeSpan Interval => AlertChecks.Tick;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var dropped = events.Dropped;
        if (dropped <= _told)
        {
            return;
        }

        await book.RaiseAsync(
            new AlertDraft(
                AlertKinds.EventsLost,
                "events",
                AlertSeverity.Warning,
                "Events were lost",
                $"{(dropped - _told).ToString(CultureInfo.InvariantCulture)} events of {Environment.MachineName} could not be stored in time, "
                + "so failures and timelines have gaps. Look how fast the store writes.",
                "/")
            {
                Times = dropped - _told,
            },
            cancellationToken);
        _told = dropped;
    }
}
