using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Logging in to the API: the fingerprint, the refusals, and what the token is good for.</summary>
public sealed class LoginTests(SharedSignet signet)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Login_gives_a_bearer_bound_to_the_fingerprint()
    {
        using var answer = await LoginAsync(new { username = "admin", password = SignetProcess.Password }, "unique-session-id");
        var json = await answer.ReadAsync(200);
        Assert.Equal("bearer", json.GetProperty("token_type").GetString());
        Assert.Equal("user_admin", json.GetProperty("agent_id").GetString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        var token = json.GetProperty("access_token").GetString()!;

        await StatusAsync(token, "unique-session-id", 200);
        Assert.Equal("FINGERPRINT_MISMATCH", (await StatusAsync(token, "another-session-id", 401)).GetProperty("error_code").GetString());
        Assert.Equal("FINGERPRINT_MISMATCH", (await StatusAsync(token, null, 401)).GetProperty("error_code").GetString());

        // Wrong headers cannot log the owner out.
        await StatusAsync(token, "unique-session-id", 200);
    }

    [Fact]
    public async Task Logout_ends_the_token_at_once()
    {
        using var answer = await LoginAsync(new { username = "admin", password = SignetProcess.Password }, "logout-session-fingerprint-01");
        var token = (await answer.ReadAsync(200)).GetProperty("access_token").GetString()!;

        using var request = Request(HttpMethod.Post, "/auth/logout", token, "logout-session-fingerprint-01");
        using var loggedOut = await signet.Anybody.SendAsync(request, Stop);

        Assert.Equal("success", (await loggedOut.ReadAsync(200)).GetProperty("status").GetString());
        Assert.Equal("TOKEN_REVOKED", (await StatusAsync(token, "logout-session", 401)).GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Login_without_a_fingerprint_is_refused_whatever_the_password()
    {
        foreach (var password in (string[])[SignetProcess.Password, "wrong"])
        {
            using var answer = await LoginAsync(new { username = "admin", password }, null);
            var problem = await answer.ReadAsync(401);

            Assert.Equal("FINGERPRINT_REQUIRED", problem.GetProperty("error_code").GetString());
            Assert.Equal("X-Client-Fingerprint", problem.GetProperty("missing_header").GetString());
            Assert.EndsWith("/authentication-failed", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("short-by-one-01")]
    [InlineData("fingerprint-with-a-colon:1")]
    [InlineData("one-fingerprint-0001,another-fingerprint-1")]
    public async Task Login_with_a_fingerprint_that_binds_nothing_says_what_is_expected(string fingerprint)
    {
        using var answer = await LoginAsync(new { username = "admin", password = SignetProcess.Password }, fingerprint);
        var problem = await answer.ReadAsync(401);

        Assert.Equal("FINGERPRINT_REQUIRED", problem.GetProperty("error_code").GetString());
        Assert.Contains("16 to 256", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_name_and_wrong_password_answer_the_same()
    {
        using var wrong = await LoginAsync(new { username = "admin", password = "wrong" }, "same-fingerprint-01");
        using var unknown = await LoginAsync(new { username = "nobody", password = "wrong" }, "same-fingerprint-01");

        var (first, second) = (await wrong.ReadAsync(401), await unknown.ReadAsync(401));
        foreach (var member in (string[])["type", "title", "detail", "error_code", "instance"])
        {
            Assert.Equal(first.GetProperty(member).GetString(), second.GetProperty(member).GetString());
        }
    }

    [Theory]
    [InlineData("""{"agent_id":"a-1","agent_type":"security"}""", 401, "AGENT_LOGIN_BLOCKED")]
    [InlineData("""{"username":"admin"}""", 422, "VALIDATION_FAILED")]
    [InlineData("""{"username":1,"password":"x"}""", 422, "VALIDATION_FAILED")]
    [InlineData("""{"username":"admin","username":"root","password":"x"}""", 400, "INVALID_INPUT")]
    [InlineData("""not json""", 400, "INVALID_INPUT")]
    public async Task Login_with_a_bad_body_says_what_is_wrong(string body, int status, string code)
    {
        using var request = Request(HttpMethod.Post, "/auth/login", null, "bad-body-fingerprint-01");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await signet.Anybody.SendAsync(request, Stop);

        Assert.Equal(code, (await answer.ReadAsync(status)).GetProperty("error_code").GetString());
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    public async Task Login_takes_json_only(string mediaType)
    {
        using var request = Request(HttpMethod.Post, "/auth/login", null, "media-fingerprint-01");
        request.Content = new StringContent("""{"username":"admin","password":"x"}""", Encoding.UTF8, mediaType);
        using var answer = await signet.Anybody.SendAsync(request, Stop);

        await answer.ReadAsync(415);
    }

    [Fact]
    public async Task Login_with_half_a_megabyte_of_password_is_cut_off_unhashed()
    {
        using var answer = await LoginAsync(new { username = "admin", password = new string('x', 500_000) }, "huge-fingerprint-01");

        Assert.Equal(4096, (await answer.ReadAsync(413)).GetProperty("size_limit").GetInt64());
    }

    [Fact]
    public async Task A_minted_token_opens_no_operator_endpoint()
    {
        var (token, _) = await signet.Administrator.MintAsync("operator-lookalike", "admin");

        Assert.Equal("WRONG_TOKEN_TYPE", (await StatusAsync(token, "any", 401)).GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task An_operator_token_in_the_query_or_under_another_scheme_is_not_looked_at()
    {
        var token = signet.Administrator.DefaultRequestHeaders.Authorization!.Parameter;
        using var query = await signet.Anybody.GetAsync(new Uri($"/dashboard/tokens?access_token={token}", UriKind.Relative), Stop);
        using var request = Request(HttpMethod.Get, "/dashboard/tokens", null, SignetProcess.Fingerprint);
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {token}");
        using var basic = await signet.Anybody.SendAsync(request, Stop);

        await query.ReadAsync(401);
        await basic.ReadAsync(401);
    }

    private Task<HttpResponseMessage> LoginAsync(object body, string? fingerprint)
    {
        var request = Request(HttpMethod.Post, "/auth/login", null, fingerprint);
        request.Content = JsonContent.Create(body);
        return signet.Anybody.SendAsync(request, Stop);
    }

    private async Task<JsonElement> StatusAsync(string token, string? fingerprint, int status)
    {
        using var request = Request(HttpMethod.Get, "/auth/session_status", token, fingerprint);
        using var answer = await signet.Anybody.SendAsync(request, Stop);
        return await answer.ReadAsync(status);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token, string? fingerprint)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (fingerprint is not null)
        {
            request.Headers.Add("X-Client-Fingerprint", fingerprint);
        }

        return request;
    }
}
