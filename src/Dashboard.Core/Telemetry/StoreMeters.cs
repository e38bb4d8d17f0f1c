using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Telemetry;

/// <summary>How long the store takes, for its adapters.</summary>
internal sealed class StoreMeters(SignetMeters meters)
{
    private readonly Histogram<double> _duration = meters.Meter.CreateHistogram(
        "signet.store.duration",
        "s",
        "How long the store took to read or write.",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        });

    public StoreCall BeginRead(string store) => new(_duration, store, "read", null);

    public StoreCall BeginWrite(string store) => new(_duration, store, "write", Spans.StartStoreWrite(store));
}

/// <summary>One call of the store: dispose of it when it has ended.</summary>
internal struct StoreCall(Histogram<double> duration, string store, string operation, Activity? span) : IDisposable
{
    // The system's clock: how long a store takes has nothing to do with what time we say it is.
    private readonly long _start = duration.Enabled ? TimeProvider.System.GetTimestamp() : 0;
    private string? _fault;

    /// <summary>Says that it failed.</summary>
    public void Fail(Exception exception)
    {
        _fault = exception switch
        {
            StoreUnavailableException => "STORE_UNAVAILABLE",
            OperationCanceledException => "CANCELLED",
            _ => TelemetryNames.Fault,
        };
        span.SetFailed(_fault);
    }

    public readonly void Dispose()
    {
        span?.Dispose();
        if (_start == 0)
        {
            return;
        }

        var tags = new TagList
        {
            { TelemetryNames.Store, store },
            { TelemetryNames.StoreOperation, operation },
        };
        if (_fault is not null)
        {
            tags.Add(TelemetryNames.ErrorType, _fault);
        }

        duration.Record(TimeProvider.System.GetElapsedTime(_start).TotalSeconds, tags);
    }
}
