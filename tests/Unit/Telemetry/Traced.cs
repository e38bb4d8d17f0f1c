using System.Collections.Concurrent;
using System.Diagnostics;

namespace Dashboard.Tests.Unit.Telemetry;

/// <summary>Everything that is traced below this, which is a trace of its own, as long as it is not disposed of.</summary>
internal sealed class Traced : IDisposable
{
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityListener _listener;
    private readonly ActivitySource _source = new("Dashboard.Tests.Unit");
    private readonly Activity _root;

    public Traced()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
        Activity.Current = null;
        _root = _source.StartActivity("test")!;
    }

    public ActivityTraceId Id => _root.TraceId;

    public string TraceParent => _root.Id!;

    /// <summary>In the order in which they ended. Other tests trace something else at the same time.</summary>
    public IReadOnlyList<Activity> Spans => [.. _stopped.Where(span => span.TraceId == Id)];

    public IReadOnlyList<Activity> Of(string name) => [.. Spans.Where(span => span.OperationName == name)];

    public void Dispose()
    {
        _root.Dispose();
        _listener.Dispose();
        _source.Dispose();
    }
}
