using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;

namespace Dashboard.Hosting.Telemetry;

/// <summary>
/// Where traces, metrics and logs are sent to, over OTLP. Bound from <c>Telemetry</c>; the standard names of OpenTelemetry
/// (<see cref="StandardNames"/>) hold too. Nothing is sent where no address is given.
/// </summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    public const string Grpc = "grpc";
    public const string HttpProtobuf = "http/protobuf";

    /// <summary>A collector's address, such as <c>http://localhost:4317</c>; over http each signal has its own path below it.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>The whole address for traces alone, instead.</summary>
    public string? TracesEndpoint { get; set; }

    /// <summary>The whole address for metrics alone, instead.</summary>
    public string? MetricsEndpoint { get; set; }

    /// <summary>The whole address for logs alone, instead.</summary>
    public string? LogsEndpoint { get; set; }

    /// <summary>Sent with everything, as <c>name=value,name=value</c>. Secret: it may hold a key.</summary>
    public string? Headers { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>.</summary>
    public string Protocol { get; set; } = Grpc;

    /// <summary>What this deployment is called where the telemetry is read; <c>signet</c> where nothing else says so.</summary>
    public string? ServiceName { get; set; }

    public bool Traces { get; set; } = true;

    public bool Metrics { get; set; } = true;

    public bool Logs { get; set; } = true;

    /// <summary>The part of all traces that is sent, from 0 to 1. Callers cannot choose theirs.</summary>
    public double SamplingRatio { get; set; } = 1;

    internal Uri? TracesAddress => Traces ? AddressOf(TracesEndpoint, "v1/traces") : null;

    internal Uri? MetricsAddress => Metrics ? AddressOf(MetricsEndpoint, "v1/metrics") : null;

    internal Uri? LogsAddress => Logs ? AddressOf(LogsEndpoint, "v1/logs") : null;

    internal OtlpExportProtocol ExportProtocol =>
        Protocol is HttpProtobuf ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;

    private Uri? AddressOf(string? own, string path) => (own, OtlpEndpoint) switch
    {
        ({ Length: > 0 }, _) => new Uri(own),
        (_, { Length: > 0 } shared) => Protocol is HttpProtobuf ? new Uri($"{shared.TrimEnd('/')}/{path}") : new Uri(shared),
        _ => null,
    };
}

/// <summary>Names each setting that is wrong. Never with what it holds where that may be secret.</summary>
internal sealed class TelemetryOptionsRules : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var faults = FaultsOf(options).ToList();
        return faults is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> FaultsOf(TelemetryOptions options)
    {
        (string Name, string? Value)[] addresses =
        [
            (nameof(options.OtlpEndpoint), options.OtlpEndpoint),
            (nameof(options.TracesEndpoint), options.TracesEndpoint),
            (nameof(options.MetricsEndpoint), options.MetricsEndpoint),
            (nameof(options.LogsEndpoint), options.LogsEndpoint),
        ];
        foreach (var (setting, _) in addresses.Where(address => !IsAddress(address.Value)))
        {
            yield return $"{TelemetryOptions.Section}:{setting} must be the http or https address of a collector, such as "
                + "http://localhost:4317, without a user name, a password and a query. What it asks for belongs into "
                + $"{TelemetryOptions.Section}:{nameof(options.Headers)}.";
        }

        if (options.Protocol is not (TelemetryOptions.Grpc or TelemetryOptions.HttpProtobuf))
        {
            yield return $"{TelemetryOptions.Section}:{nameof(options.Protocol)} must be {TelemetryOptions.Grpc} or "
                + $"{TelemetryOptions.HttpProtobuf}, but was '{options.Protocol}'.";
        }

        if (!AreHeaders(options.Headers))
        {
            yield return $"{TelemetryOptions.Section}:{nameof(options.Headers)} must list headers as name=value,name=value.";
        }

        if (options.SamplingRatio is not (>= 0 and <= 1))
        {
            yield return FormattableString.Invariant(
                $"{TelemetryOptions.Section}:{nameof(options.SamplingRatio)} must be from 0 to 1, but was {options.SamplingRatio}.");
        }
    }

    private static bool IsAddress(string? text) => string.IsNullOrEmpty(text)
        || (Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address is { UserInfo: "", Query: "", Fragment: "" });

    private static bool AreHeaders(string? text) => string.IsNullOrEmpty(text)
        || Array.TrueForAll(text.Split(','), header =>
            header.Split('=', 2) is [var name, var value] && name.Trim() is not "" && value.Trim() is not "");
}
