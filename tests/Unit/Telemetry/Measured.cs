using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Dashboard.Core.Telemetry;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Telemetry;

/// <summary>Everything that one core measures, as long as this is not disposed of.</summary>
internal sealed class Measured : IDisposable
{
    private readonly ConcurrentQueue<Measurement> _all = new();
    private readonly ConcurrentQueue<Instrument> _instruments = new();
    private readonly MeterListener _listener = new();

    public Measured(CoreHost host)
        : this(host.Get<SignetMeters>().Meter)
    {
    }

    public Measured(Meter meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests have cores of their own at the same time.
            if (instrument.Meter == meter)
            {
                _instruments.Enqueue(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public IEnumerable<Instrument> Instruments => _instruments;

    public IReadOnlyList<Measurement> All => [.. _all];

    /// <summary>What was measured under a name.</summary>
    public IReadOnlyList<Measurement> Of(string name) => [.. _all.Where(item => item.Name == name)];

    /// <summary>The sum for a name and a tag's value.</summary>
    public double Sum(string name, string tag, string value) =>
        Of(name).Where(item => item.Tags.TryGetValue(tag, out var found) && found == value).Sum(item => item.Value);

    /// <summary>Asks what is only measured when somebody asks.</summary>
    public void Ask() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _all.Enqueue(new Measurement(
            instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => $"{tag.Value}", StringComparer.Ordinal)));
}

internal sealed record Measurement(string Name, double Value, IReadOnlyDictionary<string, string> Tags);
