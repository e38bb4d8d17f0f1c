using System.Reflection;
using Dashboard.Core.Telemetry;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Dashboard.Hosting.Telemetry;

/// <summary>Sends traces, metrics and logs to a collector, where one is configured, until it is disposed of.</summary>
internal sealed class TelemetryExport(IOptions<TelemetryOptions> options, ILoggerFactory loggers) : IAsyncDisposable
{
    private const string DefaultName = "signet";

    // What the framework itself measures and traces, beside ours.
    private static readonly string[] Meters =
    [
        TelemetryNames.Signet, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Diagnostics",
        "Microsoft.AspNetCore.RateLimiting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections",
        "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Lifecycle",
        "Microsoft.AspNetCore.Components.Server.Circuits", "System.Net.Http", "System.Net.NameResolution", "System.Runtime",
    ];

    private static readonly string[] Sources =
        [TelemetryNames.Signet, "Microsoft.AspNetCore", "Microsoft.AspNetCore.Components", "System.Net.Http"];

    private readonly List<IDisposable> _running = [];

    /// <summary>Begins, after the settings were checked. Does nothing where none says where to.</summary>
    public void Start()
    {
        var settings = options.Value;
        var resource = ResourceOf(settings);
        if (settings.TracesAddress is { } traces)
        {
            _running.Add(Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .SetSampler(SamplerOf(settings.SamplingRatio))
                .AddSource(Sources)
                .AddProcessor(new SpanRules())
                .AddOtlpExporter(exporter => Configure(exporter, traces))
                .Build());
        }

        if (settings.MetricsAddress is { } metrics)
        {
            _running.Add(Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(resource)
                .AddMeter(Meters)
                .AddOtlpExporter(exporter => Configure(exporter, metrics))
                .Build());
        }

        if (settings.LogsAddress is { } logs)
        {
            var logging = new OpenTelemetryLoggerOptions { IncludeFormattedMessage = true, IncludeScopes = true }
                .SetResourceBuilder(resource)
                .AddOtlpExporter(exporter => Configure(exporter, logs));
            var provider = new OpenTelemetryLoggerProvider(new FixedOptions<OpenTelemetryLoggerOptions>(logging));
            _running.Add(provider);
            loggers.AddProvider(provider);
        }
    }

    /// <summary>Sends what still waits. A collector that hangs holds up the end for as long as one of them may, not three times.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Select(running => Task.Run(running.Dispose)));
        _running.Clear();
    }

    // Whoever calls us does not choose what is recorded: neither to flood the collector nor to be left out.
    private static ParentBasedSampler SamplerOf(double ratio)
    {
        var sampler = new TraceIdRatioBasedSampler(ratio);
        return new ParentBasedSampler(sampler, remoteParentSampled: sampler, remoteParentNotSampled: sampler);
    }

    private static ResourceBuilder ResourceOf(TelemetryOptions settings)
    {
        var version = typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(DefaultName, serviceVersion: version?.Split('+')[0])
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        return settings.ServiceName is { Length: > 0 } name
            ? resource.AddAttributes([KeyValuePair.Create("service.name", (object)name)])
            : resource;
    }

    private void Configure(OtlpExporterOptions exporter, Uri address)
    {
        exporter.Endpoint = address;
        exporter.Protocol = options.Value.ExportProtocol;
        exporter.Headers = options.Value.Headers is { Length: > 0 } headers ? headers : exporter.Headers;
    }
}

/// <summary>Options that somebody has at hand and that never change.</summary>
internal sealed class FixedOptions<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
