using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Keys, audit, failures, inspector and health through the API.</summary>
public sealed class OversightTests(SharedSignet signet)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refusal_is_found_by_its_reference_with_its_report()
    {
        var (token, _) = await signet.Administrator.MintAsync(defect: "expired");
        using var refused = await signet.Anybody.ValidateAsync(token);
        var reference = (await refused.ReadAsync(401)).GetProperty("request_id").GetString();

        JsonElement failure = default;
        await Eventually.AsyncTrue(async () =>
        {
            using var answer = await signet.Administrator.GetAsync(new Uri($"/dashboard/failures/{reference}", UriKind.Relative), Stop);
            failure = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            return answer.StatusCode is HttpStatusCode.OK;
        });

        Assert.Equal("TOKEN_EXPIRED", failure.GetProperty("code").GetString());
        var checks = failure.GetProperty("report").GetProperty("checks").EnumerateArray().ToList();
        Assert.Equal(14, checks.Count);
        Assert.Equal("failed", checks.Single(check => check.GetProperty("name").GetString() == "lifetime").GetProperty("status").GetString());
        Assert.DoesNotContain(token.Split('.')[2], failure.ToString(), StringComparison.Ordinal);
        await signet.Administrator.GetJsonAsync("/dashboard/failures/req_0000000000000000", 404);
    }

    [Fact]
    public async Task Inspect_reads_a_token_out_of_a_curl_command()
    {
        var (token, _) = await signet.Administrator.MintAsync(defect: "wrong_audience");

        var answer = await signet.Administrator.PostJsonAsync("/dashboard/inspect", new { input = $"curl -H 'Authorization: Bearer {token}' https://api.example.com" }, 200);

        Assert.Equal("WRONG_AUDIENCE", answer.GetProperty("report").GetProperty("code").GetString());
        Assert.Equal("a curl command", answer.GetProperty("found_in").GetString());
        await signet.Administrator.PostJsonAsync("/dashboard/inspect", new { input = "   " }, 422);
        await signet.Administrator.PostJsonAsync("/dashboard/inspect", new { }, 422);
    }

    [Fact]
    public async Task Inspect_compares_two_tokens_claim_by_claim()
    {
        var (left, _) = await signet.Administrator.MintAsync("left");
        var (right, _) = await signet.Administrator.MintAsync("right");

        var answer = await signet.Administrator.PostJsonAsync("/dashboard/inspect", new { input = left, compare_to = right }, 200);

        var subject = answer.GetProperty("comparison").EnumerateArray().Single(member => member.GetProperty("name").GetString() == "sub");
        Assert.False(subject.GetProperty("is_same").GetBoolean());
    }

    [Fact]
    public async Task Jwks_is_public_cacheable_and_holds_no_private_member()
    {
        using var answer = await signet.Anybody.GetAsync(new Uri("/.well-known/jwks.json", UriKind.Relative), Stop);

        var keys = (await answer.ReadAsync(200)).GetProperty("keys").EnumerateArray().ToList();
        Assert.True(keys.Count >= 2);
        Assert.All(keys, key => Assert.Equal(["kty", "n", "e", "kid", "use", "alg"], key.EnumerateObject().Select(member => member.Name)));
        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        using var again = new HttpRequestMessage(HttpMethod.Get, "/.well-known/jwks.json");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        using var unchanged = await signet.Anybody.SendAsync(again, Stop);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Audit_lists_verifies_and_attests()
    {
        var (_, tokenId) = await signet.Administrator.MintAsync();

        var minted = await signet.Administrator.GetJsonAsync($"/dashboard/audit?object={tokenId}");
        Assert.Equal("token.minted", minted.GetProperty("items")[0].GetProperty("action").GetString());
        var checkpoint = await signet.Administrator.PostJsonAsync("/dashboard/audit/checkpoints", new { }, 200);
        var verified = await signet.Administrator.PostJsonAsync("/dashboard/audit/verification", new { checkpoint = checkpoint.GetProperty("checkpoint").GetString() }, 200);
        Assert.True(verified.GetProperty("intact").GetBoolean());
        await signet.Administrator.PostJsonAsync("/dashboard/audit/verification", new { checkpoint = "1.2.3.4.5" }, 422);
        await signet.Administrator.GetJsonAsync("/dashboard/audit?limit=0", 422);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    public async Task Health_is_open_and_tells_little(string path)
    {
        using var answer = await signet.Anybody.GetAsync(new Uri(path, UriKind.Relative), Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((await answer.Content.ReadAsStringAsync(Stop)).Length < 100);
    }

    [Theory]
    [InlineData("GET", "/dashboard/tokens")]
    [InlineData("GET", "/dashboard/tokens/export")]
    [InlineData("GET", "/dashboard/tokens/abc")]
    [InlineData("POST", "/dashboard/tokens")]
    [InlineData("POST", "/dashboard/tokens/abc/revocation")]
    [InlineData("POST", "/dashboard/tokens/revocations")]
    [InlineData("GET", "/dashboard/tokens/revocations/abc")]
    [InlineData("POST", "/dashboard/inspect")]
    [InlineData("GET", "/dashboard/failures/req_0000000000000000")]
    [InlineData("GET", "/dashboard/events")]
    [InlineData("GET", "/dashboard/audit")]
    [InlineData("POST", "/dashboard/audit/verification")]
    [InlineData("POST", "/dashboard/audit/checkpoints")]
    [InlineData("GET", "/dashboard/keys")]
    [InlineData("POST", "/dashboard/keys/rotation")]
    [InlineData("POST", "/dashboard/keys/abc/retirement")]
    [InlineData("GET", "/dashboard/operators")]
    [InlineData("GET", "/dashboard/operators/abc")]
    [InlineData("POST", "/dashboard/operators")]
    [InlineData("PATCH", "/dashboard/operators/abc")]
    [InlineData("POST", "/dashboard/operators/abc/reset")]
    [InlineData("GET", "/dashboard/stats")]
    [InlineData("GET", "/dashboard/sessions")]
    [InlineData("GET", "/dashboard/sessions/abc")]
    [InlineData("DELETE", "/dashboard/sessions/abc")]
    [InlineData("DELETE", "/dashboard/sessions")]
    [InlineData("POST", "/tokens/mint")]
    [InlineData("GET", "/auth/session_status")]
    [InlineData("POST", "/auth/logout")]
    public async Task Without_a_login_everything_else_is_closed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PATCH")
        {
            request.Content = JsonContent.Create(new { });
        }

        using var answer = await signet.Anybody.SendAsync(request, Stop);

        var problem = await answer.ReadAsync(401);
        Assert.Equal("AUTH_REQUIRED", problem.GetProperty("error_code").GetString());
        Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_paths_and_wrong_methods_answer_as_problems()
    {
        using var unknown = await signet.Anybody.GetAsync(new Uri("/no/such/thing", UriKind.Relative), Stop);
        using var wrong = await signet.Anybody.DeleteAsync(new Uri("/auth/validate", UriKind.Relative), Stop);
        using var get = await signet.Anybody.GetAsync(new Uri("/auth/validate", UriKind.Relative), Stop);

        Assert.Equal("NOT_FOUND", (await unknown.ReadAsync(404)).GetProperty("error_code").GetString());
        Assert.Equal("METHOD_NOT_ALLOWED", (await wrong.ReadAsync(405)).GetProperty("error_code").GetString());
        Assert.Contains("POST", wrong.Content.Headers.Allow);
        Assert.Equal("METHOD_NOT_ALLOWED", (await get.ReadAsync(405)).GetProperty("error_code").GetString());
        Assert.Contains("POST", get.Content.Headers.Allow);
    }
}
