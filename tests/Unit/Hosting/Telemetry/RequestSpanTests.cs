using System.Diagnostics;
using System.Net;
using Dashboard.Hosting.Telemetry;
using Dashboard.Tests.Unit.Infrastructure;
using Dashboard.Tests.Unit.Telemetry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Dashboard.Tests.Unit.Hosting.Telemetry;

public sealed class RequestSpanTests : IAsyncLifetime
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly Traced _traced = new();
    private TestHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(app =>
    {
        app.MapGet("/things/{id}", (string id) => id).WithMetadata(new AllowAnonymousAttribute());
        app.MapGet("/broken/{id}", string (string id) => throw new InvalidOperationException(id)).WithMetadata(new AllowAnonymousAttribute());
    });

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _traced.Dispose();
    }

    [Fact]
    public async Task Request_is_described_by_its_route_and_reference_and_by_nothing_that_was_sent()
    {
        using var answer = await AskAsync("/things/marker-1?code=marker-2");

        var span = await SpanAsync();
        Assert.Equal("GET /things/{id}", span.DisplayName);
        Assert.Equal(answer.Headers.GetValues("X-Request-ID").Single(), span.GetTagItem(RequestSpans.RequestId));
        Assert.Equal(200, span.GetTagItem(RequestSpans.Status));
        Assert.DoesNotContain(span.TagObjects, tag => $"{tag.Value}".Contains("marker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Trace_of_the_caller_is_joined_and_nothing_else_of_theirs_taken_over()
    {
        using var answer = await AskAsync("/things/1");

        var span = await SpanAsync();
        Assert.Equal(_traced.Id, span.TraceId);
        Assert.Null(span.TraceStateString);
        Assert.Empty(span.Baggage);
        Assert.DoesNotContain(_traced.Id.ToString(), answer.Headers.GetValues("X-Request-ID").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_is_of_the_route_that_failed_and_without_its_words()
    {
        using var answer = await AskAsync("/broken/marker-3");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        var span = await SpanAsync();
        Assert.Equal(("GET /broken/{id}", ActivityStatusCode.Error, null), (span.DisplayName, span.Status, span.StatusDescription));
        Assert.Equal("500", span.GetTagItem("error.type"));
        Assert.Empty(span.Events);
    }

    [Fact]
    public async Task What_is_no_route_is_named_by_its_method_alone()
    {
        using var answer = await AskAsync("/nowhere/marker-4");

        Assert.Equal("GET", (await SpanAsync()).DisplayName);
    }

    [Fact]
    public async Task Health_is_not_traced()
    {
        using var answer = await AskAsync("/healthz");

        Assert.False((await SpanAsync()).Recorded);
    }

    [Fact]
    public void Only_what_is_known_is_sent()
    {
        using var rules = new SpanRules();
        using var span = new Activity("test");
        span.SetTag("url.query", "code=1").SetTag("url.full", "http://x/?code=1").SetTag("user_agent.original", "x").SetTag("http.route", "/x");

        rules.OnEnd(span);

        Assert.Equal(["http.route"], span.TagObjects.Select(tag => tag.Key));
    }

    private async Task<HttpResponseMessage> AskAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("traceparent", _traced.TraceParent);
        request.Headers.Add("tracestate", "vendor=marker");
        request.Headers.Add("baggage", "name=marker");
        return await _host.Client.SendAsync(request, Stop);
    }

    // It ends after the answer has arrived.
    private async Task<Activity> SpanAsync()
    {
        await Eventually.TrueAsync(() => _traced.Of(Request) is not []);
        return Assert.Single(_traced.Of(Request));
    }
}
