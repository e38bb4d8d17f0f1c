using System.Net.Http.Json;
using System.Text.Json;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>The calls that many tests begin with.</summary>
internal static class Api
{
    /// <summary>Mints a token as the logged-in administrator.</summary>
    public static async Task<(string Token, string TokenId)> MintAsync(
        this HttpClient administrator, string subject = "alice", string scope = "read", string? defect = null, long? expiresIn = null)
    {
        using var answer = await administrator.PostAsJsonAsync(
            "/dashboard/tokens", new { subject, scope, defect, expires_in = expiresIn });
        var json = await answer.ReadAsync(201);
        return (json.GetProperty("access_token").GetString()!, json.GetProperty("jti").GetString()!);
    }

    /// <summary>The same for an API, with scopes separated by spaces.</summary>
    public static async Task<(string Token, string TokenId)> MintForAsync(
        this HttpClient administrator, string audience, string scope, string subject)
    {
        var json = await administrator.PostJsonAsync(
            "/dashboard/tokens", new { subject, scope = scope is "" ? null : scope, audience }, 201);
        return (json.GetProperty("access_token").GetString()!, json.GetProperty("jti").GetString()!);
    }

    /// <summary>Asks anonymously whether a token is good.</summary>
    public static Task<HttpResponseMessage> ValidateAsync(this HttpClient anybody, string token, string? audience = null) =>
        anybody.PostAsJsonAsync("/auth/validate", new { token, audience });

    /// <summary>The <c>error_code</c> with which a token is refused; null where it is accepted.</summary>
    public static async Task<string?> RefusalOfAsync(this HttpClient anybody, string token, string? audience = null)
    {
        using var answer = await anybody.ValidateAsync(token, audience);
        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return answer.IsSuccessStatusCode ? null : json.GetProperty("error_code").GetString();
    }

    /// <summary>Revokes one token.</summary>
    public static Task<HttpResponseMessage> RevokeAsync(this HttpClient administrator, string tokenId, string reason = "a test") =>
        administrator.PostAsJsonAsync($"/dashboard/tokens/{tokenId}/revocation", new { reason });

    /// <summary>Revokes every live token of a subject by filter; gives the revocation's id.</summary>
    public static async Task<string> RevokeMatchingAsync(this HttpClient administrator, string subject, string reason = "a test")
    {
        var started = await administrator.PostJsonAsync(
            "/dashboard/tokens/revocations", new { filter = new Dictionary<string, string> { ["subject"] = subject }, reason }, 202);
        return started.GetProperty("id").GetString()!;
    }

    /// <summary>Reads an address and checks the status.</summary>
    public static async Task<JsonElement> GetJsonAsync(this HttpClient client, string path, int status = 200)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await answer.ReadAsync(status);
    }

    /// <summary>Posts JSON and checks the status.</summary>
    public static async Task<JsonElement> PostJsonAsync(this HttpClient client, string path, object body, int status)
    {
        using var answer = await client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        return await answer.ReadAsync(status);
    }

    /// <summary>The body as JSON, after checking the status.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} instead of {status}: {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }
}
