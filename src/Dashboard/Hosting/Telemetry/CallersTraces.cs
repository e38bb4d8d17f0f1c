using System.Diagnostics;

namespace Dashboard.Hosting.Telemetry;

/// <summary>
/// Joins the trace of a caller who names one, and takes nothing else from them: whatever they write into <c>tracestate</c> and
/// <c>baggage</c> would be passed on to collectors and to servers that Signet itself asks.
/// </summary>
internal sealed class CallersTraces : DistributedContextPropagator
{
    private readonly DistributedContextPropagator _standard = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields => _standard.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) =>
        _standard.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(
        object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        _standard.ExtractTraceIdAndState(carrier, getter, out traceId, out _);
        traceState = null;
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
