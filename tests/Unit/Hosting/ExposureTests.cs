using System.Net;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Hosting;

/// <summary>What the whole program shows to other sites and to the curious.</summary>
public sealed class ExposureTests(SharedSignet<ExposureTests> shared) : IClassFixture<SharedSignet<ExposureTests>>, ISharesSignet
{
    private readonly WholeSignet _signet = shared.Signet;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/appsettings.json")]
    [InlineData("/Dashboard.dll")]
    [InlineData("/data/signet.db")]
    [InlineData("/signet.db")]
    [InlineData("/data/master.key")]
    [InlineData("/master.key")]
    [InlineData("/.git/config")]
    [InlineData("/..%2f..%2fetc/passwd")]
    [InlineData("/js/../../appsettings.json")]
    [InlineData("/swagger")]
    [InlineData("/openapi.json")]
    [InlineData("/metrics")]
    [InlineData("/web.config")]
    [InlineData("/server.pfx")]
    public async Task Nothing_beside_the_pages_own_files_is_served(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_signet.Client.BaseAddress!, path));
        using var answer = await _signet.Client.SendAsync(request, Stop);

        Assert.True(
            answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest,
            $"{path}: {(int)answer.StatusCode}");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://localhost.evil.example")]
    public async Task Other_sites_read_what_is_public_and_what_takes_no_cookie_and_nothing_else(string origin)
    {
        string[] open =
        [
            "/.well-known/jwks.json", "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration",
            "/.well-known/oauth-protected-resource", "/oauth/token", "/oauth/revoke", "/oauth/register", "/oauth/register/client_x",
        ];
        string[] closed =
        [
            "/login", "/healthz", "/auth/login", "/auth/validate", "/dashboard/tokens", "/dashboard/clients", "/oauth/authorize",
            "/oauth/introspect", "/verify", "/api/token",
        ];
        foreach (var path in open.Concat(closed))
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Options })
            {
                using var request = new HttpRequestMessage(method, path);
                request.Headers.Add("Origin", origin);
                request.Headers.Add("Access-Control-Request-Method", path is "/oauth/register/client_x" ? "PUT" : "POST");
                using var answer = await _signet.Client.SendAsync(request, Stop);

                var allowed = answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
                Assert.True(allowed is null || (allowed is "*" && open.Contains(path)), $"{method} {path}: {allowed}");
                Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));

                // What takes more than a plain GET is asked for first.
                Assert.False(
                    method == HttpMethod.Options && path.StartsWith("/oauth/", StringComparison.Ordinal) && open.Contains(path)
                    && allowed is null,
                    path);
            }
        }
    }
}
