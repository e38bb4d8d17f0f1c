using System.Net;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly FakeCheck _check = new();
    private TestHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(
        Endpoints.Map, configure: services => services.AddSingleton<IBearerCheck>(_check));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer good", "Bearer good")]
    public async Task Anything_but_one_bearer_header_needs_authentication(params string[] headers)
    {
        using var response = await GetAsync("/closed", headers);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var body = await TestHost.JsonOf(response);
        Assert.Equal("AUTH_REQUIRED", body.GetProperty("error_code").GetString());
        Assert.Equal(
            "Authentication required - missing or invalid Authorization header", body.GetProperty("detail").GetString());
        Assert.Equal("realm=\"signet\"", Assert.Single(response.Headers.WwwAuthenticate).Parameter);
        Assert.Null(_check.Context);
    }

    [Fact]
    public async Task Token_in_the_query_is_no_token()
    {
        using var response = await GetAsync("/closed?access_token=good");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(_check.Context);
    }

    [Fact]
    public async Task Good_token_of_an_administrator_reaches_what_needs_one()
    {
        using var response = await GetAsync("/admin", ["bearer good"], "fingerprint-1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("fingerprint-1", _check.Context?.Fingerprint);
        Assert.Equal("api", _check.Context?.Where);
        Assert.Equal([TokenKind.Operator], _check.Context!.Kinds);
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), _check.Context.Origin.RequestId);
    }

    [Fact]
    public async Task Header_given_twice_is_refused_before_the_token_is_looked_at()
    {
        const string Head = "GET /admin HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAuthorization: Bearer good\r\n";
        var fingerprints = await _host.SendRawAsync(Head + "X-Client-Fingerprint: a\r\nX-Client-Fingerprint: a\r\n\r\n");
        var authorizations = await _host.SendRawAsync(Head + "Authorization: Bearer good\r\n\r\n");

        Assert.Contains("\"FINGERPRINT_MISMATCH\"", fingerprints, StringComparison.Ordinal);
        Assert.Contains("\"AUTH_REQUIRED\"", authorizations, StringComparison.Ordinal);
        Assert.Null(_check.Context);
    }

    [Fact]
    public async Task Refused_token_is_answered_with_its_own_code()
    {
        _check.Verdict = new TokenVerdict.Refused(TokenRefusal.Revoked, "The token was revoked.", RefusalFacts.None);
        using var response = await GetAsync("/closed", ["Bearer bad"]);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("TOKEN_REVOKED", (await TestHost.JsonOf(response)).GetProperty("error_code").GetString());
        Assert.Equal(
            "error=\"invalid_token\", error_description=\"The access token was revoked\"",
            Assert.Single(response.Headers.WwwAuthenticate).Parameter);
    }

    [Fact]
    public async Task Real_core_refuses_rubbish_as_malformed()
    {
        await using var host = await TestHost.StartAsync(Endpoints.Map);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/closed");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer not.a.token");
        using var response = await host.SendAsync(request);

        Assert.Equal("MALFORMED_TOKEN", (await TestHost.JsonOf(response)).GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Wrong_role_is_told_which_one_is_needed()
    {
        _check.Verdict = Accepted("support");
        using var response = await GetAsync("/admin", ["Bearer good"]);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var body = await TestHost.JsonOf(response);
        Assert.Equal("INSUFFICIENT_ROLE", body.GetProperty("error_code").GetString());
        Assert.Equal("administrator", body.GetProperty("required_role").GetString());
        Assert.Equal("support", body.GetProperty("current_role").GetString());
    }

    [Fact]
    public async Task Person_without_a_session_is_sent_to_the_login()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/closed");
        request.Headers.Add("Accept", "text/html");
        using var response = await _host.SendAsync(request);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/login?ReturnUrl=%2Fclosed", response.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task Bearer_needs_no_antiforgery()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/dashboard/thing");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer good");
        using var response = await _host.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null, 400)]
    [InlineData("null", 400)]
    [InlineData("https://evil.example", 400)]
    [InlineData("https://signet.example.com.evil.example", 400)]
    [InlineData("http://signet.example.com", 400)]
    [InlineData("https://signet.example.com", 200)]
    public async Task Circuit_is_opened_from_own_pages_only(string? origin, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await _host.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task Health_is_for_everybody_and_tells_them_one_word()
    {
        using var alive = await GetAsync("/healthz");
        using var ready = await GetAsync("/readyz");

        Assert.Equal("""{"status":"ok"}""", await alive.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Equal("""{"status":"ok"}""", await ready.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Readiness_names_its_checks_to_an_operator()
    {
        using var response = await GetAsync("/readyz", ["Bearer good"]);

        var checks = (await TestHost.JsonOf(response)).GetProperty("checks");
        Assert.Equal(["store", "key_ring", "event_queue"], checks.EnumerateObject().Select(check => check.Name));
        Assert.All(checks.EnumerateObject(), check => Assert.Equal("ok", check.Value.GetString()));
    }

    private static TokenVerdict.Accepted Accepted(string role) => new(new AcceptedToken(
        "t-1", TokenKind.Operator, "operator:anna", null, null, role, "s-1", [], default, default, default));

    private async Task<HttpResponseMessage> GetAsync(string path, string[]? authorization = null, string? fingerprint = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var value in authorization ?? [])
        {
            request.Headers.TryAddWithoutValidation("Authorization", value);
        }

        request.Headers.TryAddWithoutValidation("X-Client-Fingerprint", fingerprint ?? "f");
        return await _host.SendAsync(request);
    }

    private sealed class FakeCheck : IBearerCheck
    {
        public TokenVerdict Verdict { get; set; } = Accepted("administrator");

        public ValidationContext? Context { get; private set; }

        public ValueTask<TokenVerdict> CheckAsync(string token, ValidationContext context, CancellationToken cancellationToken)
        {
            Context = context;
            return ValueTask.FromResult(Verdict);
        }
    }
}
