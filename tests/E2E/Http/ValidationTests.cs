using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>Every way to ask whether a token is good.</summary>
public sealed class ValidationTests(SharedSignet signet)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Validate_a_minted_token_tells_whom_it_speaks_for()
    {
        var (token, tokenId) = await signet.Administrator.MintAsync("svc:reports", "read write");

        using var answer = await signet.Anybody.ValidateAsync(token);

        var json = await answer.ReadAsync(200);
        Assert.True(json.GetProperty("valid").GetBoolean());
        Assert.Equal("svc:reports", json.GetProperty("subject").GetString());
        Assert.Equal(["read", "write"], json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!));
        Assert.Equal(tokenId, json.GetProperty("payload").GetProperty("jti").GetString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("expired", "TOKEN_EXPIRED")]
    [InlineData("not_yet_valid", "TOKEN_NOT_YET_VALID")]
    [InlineData("invalid_signature", "INVALID_SIGNATURE")]
    [InlineData("wrong_audience", "WRONG_AUDIENCE")]
    [InlineData("missing_claim:sub", "MISSING_CLAIMS")]
    public async Task Validate_a_test_token_names_its_defect(string defect, string code)
    {
        var (token, _) = await signet.Administrator.MintAsync(defect: defect);

        Assert.Equal(code, await signet.Anybody.RefusalOfAsync(token));
    }

    [Fact]
    public async Task Validate_an_expired_token_says_since_when()
    {
        var (token, _) = await signet.Administrator.MintAsync(defect: "expired");

        using var answer = await signet.Anybody.ValidateAsync(token);

        var problem = await answer.ReadAsync(401);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.EndsWith("/docs/problems/token-invalid", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("JWT token has expired at 20", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("Z", problem.GetProperty("token_expired_at").GetString(), StringComparison.Ordinal);
        Assert.Equal(Assert.Single(answer.Headers.GetValues("X-Request-ID")), problem.GetProperty("request_id").GetString());
    }

    [Fact]
    public async Task Validate_a_tampered_token_refuses_its_signature()
    {
        var (token, _) = await signet.Administrator.MintAsync("alice");
        var parts = token.Split('.');
        var claims = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(parts[1]))
            .Replace("\"alice\"", "\"mallory\"", StringComparison.Ordinal);

        var tampered = $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";

        Assert.Equal("INVALID_SIGNATURE", await signet.Anybody.RefusalOfAsync(tampered));
    }

    [Fact]
    public async Task Validate_an_unsigned_token_refuses_its_algorithm()
    {
        var (token, _) = await signet.Administrator.MintAsync();
        var header = Base64Url.EncodeToString("""{"alg":"none","typ":"at+jwt"}"""u8);

        Assert.Equal("ALGORITHM_NOT_ALLOWED", await signet.Anybody.RefusalOfAsync($"{header}.{token.Split('.')[1]}.AA"));
    }

    [Fact]
    public async Task Validate_for_another_audience_refuses()
    {
        var (token, _) = await signet.Administrator.MintAsync();

        Assert.Equal("WRONG_AUDIENCE", await signet.Anybody.RefusalOfAsync(token, "https://files.example.com"));
    }

    [Fact]
    public async Task Validate_a_revoked_token_refuses_within_a_second()
    {
        var (token, tokenId) = await signet.Administrator.MintAsync();
        Assert.Null(await signet.Anybody.RefusalOfAsync(token));

        using var revoked = await signet.Administrator.RevokeAsync(tokenId);
        await revoked.ReadAsync(200);

        Assert.Equal("TOKEN_REVOKED", await signet.Anybody.RefusalOfAsync(token));
    }

    [Theory]
    [InlineData("""{}""", 422)]
    [InlineData("""{"token":5}""", 422)]
    [InlineData("""{"token":"a","token":"b"}""", 400)]
    [InlineData("""{"token":""", 400)]
    [InlineData("""[]""", 422)]
    [InlineData("""{"token":"x.y.z","scopes":7}""", 422)]
    public async Task Validate_with_a_bad_body_names_what_is_wrong(string body, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await signet.Anybody.PostAsync(new Uri("/auth/validate", UriKind.Relative), content, Stop);

        var problem = await answer.ReadAsync(status);
        Assert.Contains(problem.GetProperty("error_code").GetString(), (string[])["INVALID_INPUT", "VALIDATION_FAILED"]);
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Validate_as_a_form_is_refused_as_the_wrong_media_type()
    {
        using var content = new FormUrlEncodedContent([new("token", "x")]);
        using var answer = await signet.Anybody.PostAsync(new Uri("/auth/validate", UriKind.Relative), content, Stop);

        await answer.ReadAsync(415);
    }

    [Fact]
    public async Task Validate_a_bearer_answers_in_the_plain_form()
    {
        var (token, _) = await signet.Administrator.MintAsync("bob");
        using var good = await BearerAsync(token);
        using var bad = await BearerAsync("abc");
        using var none = await signet.Anybody.GetAsync(new Uri("/tokens/validate", UriKind.Relative), Stop);

        Assert.Equal("bob", (await good.ReadAsync(200)).GetProperty("agent_id").GetString());
        Assert.StartsWith("Invalid token: ", (await bad.ReadAsync(401)).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("No token provided", (await none.ReadAsync(401)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Validate_quietly_answers_200_either_way()
    {
        var (token, _) = await signet.Administrator.MintAsync();

        using var fromBody = await signet.Anybody.PostAsJsonAsync("/tokens/validate", new { token }, Stop);
        using var fromQuery = await signet.Anybody.PostAsync(new Uri($"/tokens/validate?token={token}", UriKind.Relative), null, Stop);
        using var bad = await signet.Anybody.PostAsJsonAsync("/tokens/validate", new { token = "abc" }, Stop);
        using var twice = await signet.Anybody.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/tokens/validate?token=a&token=b"), Stop);
        using var none = await signet.Anybody.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/tokens/validate"), Stop);

        Assert.True((await fromBody.ReadAsync(200)).GetProperty("valid").GetBoolean());
        Assert.True((await fromQuery.ReadAsync(200)).GetProperty("valid").GetBoolean());
        Assert.False((await bad.ReadAsync(200)).GetProperty("valid").GetBoolean());
        await twice.ReadAsync(400);
        await none.ReadAsync(422);
    }

    [Fact]
    public async Task Authorize_knows_the_hierarchy_and_the_resources()
    {
        var (writer, _) = await signet.Administrator.MintAsync(scope: "write");
        var (reader, _) = await signet.Administrator.MintAsync(scope: "read");

        Assert.True((await AuthorizeAsync(new { token = writer, scopes = "read" }, 200)).GetProperty("allowed").GetBoolean());
        Assert.True((await AuthorizeAsync(new { token = writer, resource = "reports" }, 200)).GetProperty("allowed").GetBoolean());
        var refused = await AuthorizeAsync(new { token = reader, scopes = new[] { "read", "admin" } }, 200);
        Assert.False(refused.GetProperty("allowed").GetBoolean());
        Assert.Equal("admin", refused.GetProperty("missing")[0].GetString());
        await AuthorizeAsync(new { token = reader, resource = "unknown" }, 422);
        await AuthorizeAsync(new { token = reader }, 422);
        await AuthorizeAsync(new { token = "abc", scopes = "read" }, 401);
    }

    private async Task<JsonElement> AuthorizeAsync(object body, int status)
    {
        using var answer = await signet.Anybody.PostAsJsonAsync("/auth/authorize", body, Stop);
        return await answer.ReadAsync(status);
    }

    private async Task<HttpResponseMessage> BearerAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/tokens/validate");
        request.Headers.Authorization = new("Bearer", token);
        return await signet.Anybody.SendAsync(request, Stop);
    }
}
