using Dashboard.Hosting.Telemetry;
using Microsoft.Extensions.Configuration;

namespace Dashboard.Tests.Unit.Hosting.Telemetry;

public sealed class TelemetryOptionsTests
{
    [Theory]
    [InlineData("grpc", "http://collector:4317", "http://collector:4317/")]
    [InlineData("http/protobuf", "http://collector:4318", "http://collector:4318/v1/traces")]
    [InlineData("http/protobuf", "https://collector/signet/", "https://collector/signet/v1/traces")]
    public void Each_signal_has_its_address(string protocol, string endpoint, string address) => Assert.Equal(
        new Uri(address), new TelemetryOptions { OtlpEndpoint = endpoint, Protocol = protocol }.TracesAddress);

    [Fact]
    public void Own_address_of_a_signal_is_taken_as_it_is()
    {
        var options = new TelemetryOptions { LogsEndpoint = "http://logs/here", Protocol = "http/protobuf" };

        Assert.Equal(new Uri("http://logs/here"), options.LogsAddress);
        Assert.Null(options.TracesAddress);
    }

    [Fact]
    public void Nothing_is_sent_by_default_and_nothing_that_is_turned_off()
    {
        Assert.Null(new TelemetryOptions().TracesAddress);
        Assert.Null(new TelemetryOptions { OtlpEndpoint = "http://collector:4317", Logs = false }.LogsAddress);
    }

    [Theory]
    [InlineData("collector:4317")]
    [InlineData("ftp://collector")]
    [InlineData("http://user:hidden-word@collector:4317")]
    [InlineData("http://collector:4317/?key=hidden-word")]
    public void Address_that_is_none_is_named_and_not_shown(string endpoint)
    {
        var fault = FaultOf(new TelemetryOptions { OtlpEndpoint = endpoint });

        Assert.StartsWith("Telemetry:OtlpEndpoint must be ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hidden-word")]
    [InlineData("=hidden-word")]
    [InlineData("api-key=hidden-word,")]
    public void Headers_that_are_none_are_named_and_not_shown(string headers)
    {
        var fault = FaultOf(new TelemetryOptions { Headers = headers });

        Assert.StartsWith("Telemetry:Headers must list ", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Ratio_beyond_its_bounds_is_refused(double ratio) =>
        Assert.StartsWith("Telemetry:SamplingRatio must be ", FaultOf(new TelemetryOptions { SamplingRatio = ratio }), StringComparison.Ordinal);

    [Fact]
    public void Protocol_that_is_not_spoken_is_refused() =>
        Assert.StartsWith("Telemetry:Protocol must be ", FaultOf(new TelemetryOptions { Protocol = "http/json" }), StringComparison.Ordinal);

    [Fact]
    public void Standard_names_are_read()
    {
        var options = Read(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "api-key=1"), ("OTEL_SERVICE_NAME", "signet-eu"), ("OTEL_LOGS_EXPORTER", "none"),
            ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://metrics:1"),
            ("OTEL_TRACES_SAMPLER", "parentbased_traceidratio"), ("OTEL_TRACES_SAMPLER_ARG", "0.25"));

        Assert.Equal(
            ("http://collector:4318/v1/traces", "http://metrics:1/", null, "api-key=1", "signet-eu", 0.25),
            (options.TracesAddress?.ToString(), options.MetricsAddress?.ToString(), options.LogsAddress?.ToString(), options.Headers,
                options.ServiceName, options.SamplingRatio));
    }

    [Fact]
    public void Our_own_name_wins() => Assert.Equal(
        "http://ours:1",
        Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://theirs:1"), ("Telemetry:OtlpEndpoint", "http://ours:1")).OtlpEndpoint);

    [Fact]
    public void Disabled_is_disabled() =>
        Assert.Null(Read(("OTEL_EXPORTER_OTLP_ENDPOINT", "http://theirs:1"), ("OTEL_SDK_DISABLED", "true")).OtlpEndpoint);

    private static string FaultOf(TelemetryOptions options) =>
        Assert.Single(new TelemetryOptionsRules().Validate(null, options).Failures!);

    private static TelemetryOptions Read(params (string Name, string Value)[] settings)
    {
        using var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        StandardNames.Use(configuration);
        return configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new TelemetryOptions();
    }
}
