using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Every path and method that nobody answers is refused in the same shape, whatever pages lie beside it.</summary>
public sealed class AddressTests(SharedSignet signet)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/nope", 404)]
    [InlineData("POST", "/nope", 404)]
    [InlineData("PUT", "/nope", 404)]
    [InlineData("DELETE", "/nope", 404)]
    [InlineData("HEAD", "/nope", 404)]
    [InlineData("OPTIONS", "/nope", 404)]
    [InlineData("GET", "/dashboard/nope", 404)]
    [InlineData("POST", "/dashboard/nope", 404)]
    [InlineData("POST", "/nope/deeper/still", 404)]
    [InlineData("PATCH", "/nope.txt", 404)]
    [InlineData("PUT", "/auth/login", 405, "POST")]
    [InlineData("GET", "/auth/login", 405, "POST")]
    [InlineData("HEAD", "/auth/login", 405, "POST")]
    [InlineData("DELETE", "/tokens/validate", 405, "GET, HEAD, POST")]
    [InlineData("POST", "/.well-known/jwks.json", 405, "GET, HEAD")]
    [InlineData("POST", "/healthz", 405, "GET, HEAD")]
    [InlineData("DELETE", "/healthz", 405, "GET, HEAD")]
    [InlineData("POST", "/readyz", 405, "GET, HEAD")]
    [InlineData("POST", "/docs/problems/token-invalid", 405, "GET, HEAD")]
    [InlineData("POST", "/docs/problems", 405, "GET, HEAD")]
    [InlineData("PUT", "/docs/problems/token-invalid", 405, "GET, HEAD")]
    [InlineData("DELETE", "/login", 405, "GET, HEAD, POST")]
    [InlineData("PUT", "/tokens", 405, "GET, HEAD")]
    [InlineData("PUT", "/dashboard/tokens", 405, "GET, HEAD, POST")]
    [InlineData("GET", "/dashboard/keys/rotation", 405, "POST")]
    [InlineData("GET", "/logout", 405, "POST")]
    [InlineData("HEAD", "/.well-known/jwks.json", 200)]
    [InlineData("HEAD", "/healthz", 200)]
    [InlineData("HEAD", "/docs/problems", 200)]
    [InlineData("GET", "/docs/problems/token-invalid", 200)]
    [InlineData("GET", "/login", 200)]
    public async Task Path_and_method(string method, string path, int status, string? allow = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await signet.Anybody.SendAsync(request, Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(allow, answer.Content.Headers.Allow is { Count: > 0 } allowed ? string.Join(", ", allowed) : null);
        if (status >= 400)
        {
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        }

        if (status >= 400 && method != "HEAD")
        {
            Assert.Equal(status is 404 ? "NOT_FOUND" : "METHOD_NOT_ALLOWED", (await answer.ReadAsync(status)).GetProperty("error_code").GetString());
        }
    }

    [Fact]
    public async Task Head_answers_as_get_does_without_a_body()
    {
        using var get = await signet.Anybody.GetAsync(new Uri("/.well-known/jwks.json", UriKind.Relative), Stop);
        using var request = new HttpRequestMessage(HttpMethod.Head, "/.well-known/jwks.json");
        using var head = await signet.Anybody.SendAsync(request, Stop);

        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Stop));
    }
}
