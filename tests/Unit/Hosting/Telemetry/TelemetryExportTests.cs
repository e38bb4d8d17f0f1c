using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Dashboard.Hosting.Telemetry;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Hosting.Telemetry;

/// <summary>The whole program and a collector that keeps what it is sent.</summary>
public sealed class TelemetryExportTests : IDisposable
{
    private readonly HttpListener _collector = new();
    private readonly ConcurrentQueue<(string Path, string? Key, string Body)> _received = new();
    private readonly string _address = $"http://127.0.0.1:{FreePort()}";

    public TelemetryExportTests()
    {
        _collector.Prefixes.Add($"{_address}/");
        _collector.Start();
        _ = CollectAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _collector.Close();

    [Fact]
    public async Task Traces_metrics_and_logs_arrive_with_the_reference_of_the_request()
    {
        string reference;
        await using (var signet = await WholeSignet.StartAsync(
            "--Logging:LogLevel:Default=Information", "--Logging:LogLevel:Dashboard=Debug", "--Logging:Console:LogLevel:Default=None",
            "--Telemetry:Protocol=http/protobuf",
            $"--Telemetry:OtlpEndpoint={_address}", "--Telemetry:Headers=api-key=1234", "--Telemetry:ServiceName=signet-test"))
        {
            signet.Services.GetRequiredService<TelemetryExport>().Start();

            // Refused with a line in the log: the body is no JSON.
            using var body = new StringContent("{", Encoding.UTF8, "application/json");
            using var answer = await signet.Client.PostAsync(new Uri("/auth/validate?code=marker-5", UriKind.Relative), body, Stop);
            reference = answer.Headers.GetValues("X-Request-ID").Single();
        }

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], _received.Select(item => item.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.All(_received, item => Assert.Equal("1234", item.Key));
        Assert.All(_received, item => Assert.Contains("signet-test", item.Body, StringComparison.Ordinal));
        Assert.Contains(_received, item => item.Path is "/v1/traces" && item.Body.Contains(reference, StringComparison.Ordinal));
        Assert.Contains(_received, item => item.Path is "/v1/logs" && item.Body.Contains(reference, StringComparison.Ordinal));
        Assert.Contains(_received, item => item.Path is "/v1/metrics" && item.Body.Contains("signet.store.duration", StringComparison.Ordinal));
        Assert.DoesNotContain(_received, item => item.Body.Contains("marker-5", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_sent_where_no_address_is_given()
    {
        await using (var signet = await WholeSignet.StartAsync())
        {
            signet.Services.GetRequiredService<TelemetryExport>().Start();
            using var answer = await signet.Client.GetAsync(new Uri("/healthz", UriKind.Relative), Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Empty(_received);
    }

    private async Task CollectAsync()
    {
        try
        {
            while (true)
            {
                var context = await _collector.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _received.Enqueue((context.Request.Url!.AbsolutePath, context.Request.Headers["api-key"], Encoding.Latin1.GetString(body.ToArray())));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
