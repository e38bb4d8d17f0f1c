using Microsoft.Extensions.Configuration.Memory;

namespace Dashboard.Hosting.Telemetry;

/// <summary>
/// The environment variables by which every program with OpenTelemetry is told where to send what. Our own settings win where both
/// are given. How often is sent and how long is waited the library reads by itself.
/// </summary>
internal static class StandardNames
{
    private const string Disabled = "OTEL_SDK_DISABLED";
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";

    private static readonly (string Theirs, string Ours)[] Addresses =
    [
        ("OTEL_EXPORTER_OTLP_ENDPOINT", nameof(TelemetryOptions.OtlpEndpoint)),
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", nameof(TelemetryOptions.TracesEndpoint)),
        ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", nameof(TelemetryOptions.MetricsEndpoint)),
        ("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", nameof(TelemetryOptions.LogsEndpoint)),
    ];

    private static readonly (string Theirs, string Ours)[] Texts =
    [
        ("OTEL_EXPORTER_OTLP_HEADERS", nameof(TelemetryOptions.Headers)),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", nameof(TelemetryOptions.Protocol)),
        ("OTEL_SERVICE_NAME", nameof(TelemetryOptions.ServiceName)),
    ];

    // Where something is sent is said by an address alone: 'otlp' is what we do, and anything else we cannot.
    private static readonly (string Theirs, string Ours)[] Exporters =
    [
        ("OTEL_TRACES_EXPORTER", nameof(TelemetryOptions.Traces)),
        ("OTEL_METRICS_EXPORTER", nameof(TelemetryOptions.Metrics)),
        ("OTEL_LOGS_EXPORTER", nameof(TelemetryOptions.Logs)),
    ];

    /// <summary>Reads settings under these names too, weaker than all others.</summary>
    public static void Use(ConfigurationManager configuration) => configuration.Sources.Insert(
        0,
        new MemoryConfigurationSource
        {
            InitialData = [.. Read(configuration).Select(pair =>
                KeyValuePair.Create($"{TelemetryOptions.Section}:{pair.Name}", (string?)pair.Value))],
        });

    private static IEnumerable<(string Name, string Value)> Read(ConfigurationManager configuration)
    {
        var isDisabled = string.Equals(configuration[Disabled], "true", StringComparison.OrdinalIgnoreCase);
        foreach (var (theirs, ours) in isDisabled ? Texts : [.. Addresses, .. Texts])
        {
            if (configuration[theirs] is { Length: > 0 } value)
            {
                yield return (ours, value);
            }
        }

        foreach (var (theirs, ours) in Exporters)
        {
            if (configuration[theirs] is { Length: > 0 } exporter)
            {
                yield return (ours, exporter.Contains("otlp", StringComparison.OrdinalIgnoreCase) ? "true" : "false");
            }
        }

        switch (configuration[Sampler])
        {
            case "always_off" or "parentbased_always_off":
                yield return (nameof(TelemetryOptions.SamplingRatio), "0");
                break;
            case "traceidratio" or "parentbased_traceidratio" when configuration[SamplerArgument] is { Length: > 0 } ratio:
                yield return (nameof(TelemetryOptions.SamplingRatio), ratio);
                break;
        }
    }
}
