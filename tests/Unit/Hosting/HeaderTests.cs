using System.Net;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class HeaderTests : IAsyncLifetime
{
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; "
        + "font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(Endpoints.Map);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/hello")]
    [InlineData("/page")]
    [InlineData("/nothing")]
    [InlineData("/bug")]
    [InlineData("/closed")]
    [InlineData("/healthz")]
    [InlineData("/status/413")]
    public async Task Every_answer_carries_reference_and_security_headers(string path)
    {
        using var response = await _host.GetAsync(path);

        Assert.StartsWith("req_", Header(response, "X-Request-ID"), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("same-origin", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Resource-Policy"));
        Assert.Contains("camera=()", Header(response, "Permissions-Policy"), StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Page_has_the_content_security_policy_and_data_has_none()
    {
        using var page = await _host.GetAsync("/page");
        using var data = await _host.GetAsync("/hello");

        Assert.Equal(Policy, Header(page, "Content-Security-Policy"));
        Assert.False(data.Headers.Contains("Content-Security-Policy"));
    }

    [Fact]
    public async Task Consent_page_may_post_to_its_client_and_nowhere_else()
    {
        using var response = await _host.GetAsync("/consent");

        Assert.Contains(
            "form-action 'self' https://client.example.com; frame-ancestors", Header(response, "Content-Security-Policy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoint_may_choose_its_own_caching()
    {
        using var response = await _host.GetAsync("/cached");

        Assert.Equal("public, max-age=60", Header(response, "Cache-Control"));
    }

    [Fact]
    public async Task Callers_request_id_is_not_taken_over()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hello");
        request.Headers.Add("X-Request-ID", "req_0000000000000000");
        using var response = await _host.SendAsync(request);

        Assert.NotEqual("req_0000000000000000", Header(response, "X-Request-ID"));
    }

    [Fact]
    public async Task Forwarded_headers_of_strangers_are_ignored_and_those_of_known_proxies_count()
    {
        using var ignored = await _host.SendAsync(Forwarded());
        await using var behindProxy = await TestHost.StartAsync(
            Endpoints.Map, new Dictionary<string, string?> { ["Hosting:KnownProxies:0"] = "127.0.0.0/8" });
        using var believed = await behindProxy.SendAsync(Forwarded());

        Assert.False(ignored.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal("max-age=31536000", Header(believed, "Strict-Transport-Security"));
        Assert.Equal(HttpStatusCode.OK, believed.StatusCode);

        static HttpRequestMessage Forwarded() => new(HttpMethod.Get, "/hello")
        {
            Headers = { { "X-Forwarded-For", "203.0.113.7" }, { "X-Forwarded-Proto", "https" }, { "Host", "signet.example.com" } },
        };
    }

    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));
}
