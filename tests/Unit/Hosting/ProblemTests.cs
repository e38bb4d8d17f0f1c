using System.Globalization;
using System.Net;
using System.Text.Json;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Hosting;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Builder;

namespace Dashboard.Tests.Unit.Hosting;

public sealed class ProblemTests : IAsyncLifetime
{
    private TestHost _host = null!;

    public static TheoryData<string> Codes => [.. Enum.GetValues<ErrorCode>().Select(code => code.Name)];

    public async ValueTask InitializeAsync() => _host = await TestHost.StartAsync(Endpoints.Map);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task Problem_of_every_code_has_the_whole_shape(string code)
    {
        using var response = await _host.GetAsync($"/problem/{code}?secret=1");
        var body = await TestHost.JsonOf(response);
        var kind = ProblemCatalogue.Get(code).Kind;

        Assert.Equal(kind.Status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal($"https://signet.example.com/docs/problems/{kind.Slug}", body.GetProperty("type").GetString());
        Assert.Equal(kind.Title, body.GetProperty("title").GetString());
        Assert.Equal(kind.Status, body.GetProperty("status").GetInt32());
        Assert.Equal("A detail.", body.GetProperty("detail").GetString());
        Assert.Equal($"/problem/{code}", body.GetProperty("instance").GetString());
        Assert.Equal(code, body.GetProperty("error_code").GetString());
        Assert.Equal("a-1", body.GetProperty("agent_id").GetString());
        Assert.Equal(Assert.Single(response.Headers.GetValues("X-Request-ID")), body.GetProperty("request_id").GetString());
        Assert.False(body.TryGetProperty("nothing", out _));
        Assert.True(DateTimeOffset.TryParseExact(
            body.GetProperty("timestamp").GetString(),
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out _));
    }

    [Fact]
    public void Catalogue_has_a_problem_for_every_refusal_of_a_token()
    {
        foreach (var reason in Enum.GetValues<TokenRefusal>())
        {
            var problem = Problems.From(new TokenVerdict.Refused(reason, "x", RefusalFacts.None));

            Assert.Equal(reason.Code, problem.Code.Name);
        }
    }

    [Fact]
    public void Catalogue_names_each_code_and_slug_once()
    {
        Assert.Equal(Codes.Count, Codes.Select(row => (string)row.Data).Distinct().Count());
        Assert.Equal(ProblemCatalogue.Kinds.Count, ProblemCatalogue.Kinds.Select(kind => kind.Slug).Distinct().Count());
        Assert.Throws<ArgumentException>(() => ProblemCatalogue.Get("NO_SUCH_CODE"));
    }

    [Fact]
    public async Task Every_401_says_how_to_authenticate_and_echoes_nothing()
    {
        foreach (var code in Enum.GetValues<ErrorCode>().Where(code => code.Kind.Status == 401))
        {
            using var response = await _host.GetAsync($"/problem/{code.Name}");

            Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
        }
    }

    [Fact]
    public async Task Rate_limit_is_never_zero_seconds()
    {
        await using var host = await TestHost.StartAsync(app => app
            .MapGet("/limited", () => Problems.RateLimited(TimeSpan.FromMilliseconds(1), "Wait."))
            .AllowAnonymous());
        using var response = await host.GetAsync("/limited");

        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Equal(1, (await TestHost.JsonOf(response)).GetProperty("retry_after").GetInt32());
    }

    [Fact]
    public async Task Store_failure_is_503_with_retry_after_and_without_the_exception()
    {
        using var response = await _host.GetAsync("/store");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        await AssertCodeAsync(response, "STORE_UNAVAILABLE");
    }

    [Fact]
    public async Task Bug_is_500_without_the_exception()
    {
        using var response = await _host.GetAsync("/bug");

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        await AssertCodeAsync(response, "INTERNAL_ERROR");
    }

    [Theory]
    [InlineData(403, "INSUFFICIENT_ROLE")]
    [InlineData(404, "NOT_FOUND")]
    [InlineData(409, "CONFLICT")]
    [InlineData(415, "INVALID_INPUT")]
    [InlineData(418, "INVALID_INPUT")]
    [InlineData(429, "RATE_LIMITED")]
    [InlineData(502, "INTERNAL_ERROR")]
    [InlineData(503, "STORE_UNAVAILABLE")]
    public async Task Empty_answer_gets_a_body_and_keeps_its_status(int status, string code)
    {
        using var response = await _host.GetAsync($"/status/{status}");

        Assert.Equal(status, (int)response.StatusCode);
        await AssertCodeAsync(response, code);
    }

    [Fact]
    public async Task Unknown_path_is_not_found_without_a_login()
    {
        using var response = await _host.GetAsync("/nothing/here?token=secret");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var body = await AssertCodeAsync(response, "NOT_FOUND");
        Assert.Equal("/nothing/here", body.GetProperty("instance").GetString());
    }

    [Fact]
    public async Task Wrong_method_names_the_right_ones()
    {
        using var response = await _host.Client.DeleteAsync("/hello", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["GET", "HEAD"], response.Content.Headers.Allow);
        await AssertCodeAsync(response, "METHOD_NOT_ALLOWED");
    }

    [Theory]
    [InlineData("/nothing", 404, "not found page")]
    [InlineData("/bug", 500, "error page req_")]
    [InlineData("/store", 503, "error page req_")]
    [InlineData("/number?value=abc", 422, "error page req_")]
    public async Task Browser_sees_a_page_with_the_right_status(string path, int status, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        using var response = await _host.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(text, html, StringComparison.Ordinal);
        Assert.Contains("default-src", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        if (html.Contains("req_", StringComparison.Ordinal))
        {
            Assert.Contains(response.Headers.GetValues("X-Request-ID").Single(), html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Refusal_of_a_token_carries_its_facts()
    {
        var issued = new DateTimeOffset(2026, 1, 15, 9, 0, 0, TimeSpan.Zero);
        var refused = new TokenVerdict.Refused(
            TokenRefusal.Expired,
            "JWT token has expired at 2026-01-15T09:30:00Z",
            RefusalFacts.None with { IssuedAt = issued, ExpiredAt = issued.AddMinutes(30) });
        await using var host = await TestHost.StartAsync(app => app.MapGet("/refused", () => Problems.From(refused)).AllowAnonymous());
        using var response = await host.GetAsync("/refused");

        var body = await AssertCodeAsync(response, "TOKEN_EXPIRED");
        Assert.Equal("2026-01-15T09:00:00Z", body.GetProperty("token_issued_at").GetString());
        Assert.Equal("2026-01-15T09:30:00Z", body.GetProperty("token_expired_at").GetString());
        Assert.False(body.TryGetProperty("missing_claims", out _));
        Assert.Equal(
            "error=\"invalid_token\", error_description=\"The access token has expired\"",
            Assert.Single(response.Headers.WwwAuthenticate).Parameter);
    }

    [Fact]
    public async Task Hardened_refusal_says_the_same_of_every_token()
    {
        await using var host = await TestHost.StartAsync(
            app => app
                .MapGet("/refused/{reason}", (TokenRefusal reason) =>
                    Problems.From(new TokenVerdict.Refused(reason, "A telling detail.", RefusalFacts.None with { MissingClaims = ["jti"] })))
                .AllowAnonymous(),
            new Dictionary<string, string?> { ["Hosting:GenericTokenRefusals"] = "true" });

        foreach (var reason in Enum.GetValues<TokenRefusal>().Where(reason => reason is not TokenRefusal.InsufficientScope))
        {
            using var response = await host.GetAsync($"/refused/{reason}");

            var body = await AssertCodeAsync(response, "MALFORMED_TOKEN");
            Assert.Equal("The token is invalid or has expired.", body.GetProperty("detail").GetString());
            Assert.False(body.TryGetProperty("missing_claims", out _));
        }
    }

    private static async Task<JsonElement> AssertCodeAsync(HttpResponseMessage response, string code)
    {
        var body = await TestHost.JsonOf(response);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(code, body.GetProperty("error_code").GetString());
        Assert.Equal((int)response.StatusCode, body.GetProperty("status").GetInt32());
        Assert.Equal(response.Headers.GetValues("X-Request-ID").Single(), body.GetProperty("request_id").GetString());
        Assert.DoesNotContain("secret", body.GetRawText(), StringComparison.Ordinal);
        return body;
    }
}
