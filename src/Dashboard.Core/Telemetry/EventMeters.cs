using Dashboard.Core.Events;

namespace Dashboard.Core.Telemetry;

/// <summary>How far the writing of events is behind, and what was lost of them.</summary>
internal sealed class EventMeters
{
    public EventMeters(SignetMeters meters, EventLog events)
    {
        meters.Meter.CreateObservableCounter(
            "signet.events.dropped", () => events.Dropped, "{event}", "Events that were lost because the store was slower than they came.");
        meters.Meter.CreateObservableUpDownCounter(
            "signet.events.waiting", () => events.Waiting, "{event}", "Events that wait to be written.");
    }
}
