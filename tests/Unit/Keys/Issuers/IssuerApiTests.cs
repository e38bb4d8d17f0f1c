using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core.Access;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Keys.Issuers;

/// <summary>Where tokens of a trusted issuer are taken, where not, and how its keys are shown.</summary>
public sealed class IssuerApiTests : IAsyncLifetime
{
    private ForeignIssuer _issuer = null!;
    private WholeSignet _signet = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _issuer = await ForeignIssuer.StartAsync();
        _signet = await WholeSignet.StartAsync(
            services => services.AddSingleton(_ => _issuer.Server.Way()),
            [.. _issuer.Settings().Select(setting => $"--{setting.Key}={setting.Value}")]);
    }

    public async ValueTask DisposeAsync()
    {
        await _signet.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task Validation_takes_its_tokens_and_says_whose_they_are()
    {
        var (status, answer) = await SendAsync(HttpMethod.Post, "/auth/validate", new { token = Token() });

        Assert.Equal(200, status);
        Assert.Equal(ForeignIssuer.Issuer, answer.GetProperty("issuer").GetString());
        Assert.Equal($"{ForeignIssuer.Issuer}#alice", answer.GetProperty("subject").GetString());
        Assert.Equal("alice", answer.GetProperty("payload").GetProperty("sub").GetString());
        Assert.False(answer.TryGetProperty("agent_id", out _));

        var (_, allowed) = await SendAsync(HttpMethod.Post, "/auth/authorize", new { token = Token(), scopes = "files:read" });
        Assert.True(allowed.GetProperty("allowed").GetBoolean());
        var (_, quiet) = await SendAsync(HttpMethod.Post, "/tokens/validate", new { token = Token() });
        Assert.True(quiet.GetProperty("valid").GetBoolean());
        var (_, bearer) = await SendAsync(HttpMethod.Get, "/tokens/validate", null, Token());
        Assert.Equal($"{ForeignIssuer.Issuer}#alice", bearer.GetProperty("agent_id").GetString());
    }

    [Fact]
    public async Task Forward_auth_hands_its_caller_on_under_a_name_of_nobody_here()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/verify?scope=files:read");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(("sub", "user:admin"), ("username", "admin")));
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("X-Forwarded-Method", "GET");
        request.Headers.Add("X-Forwarded-Uri", "/files");
        request.Headers.Add("X-Forwarded-Host", "api.example.org");

        using var answer = await _signet.Client.SendAsync(request, Stop);

        Assert.Equal(200, (int)answer.StatusCode);
        Assert.Equal($"{ForeignIssuer.Issuer}#user:admin", answer.Headers.GetValues("X-User-Id").Single());
        Assert.Equal($"{ForeignIssuer.Issuer}#user:admin", answer.Headers.GetValues("X-User-Name").Single());
        Assert.Equal($"{ForeignIssuer.Issuer}#app-1", answer.Headers.GetValues("X-Auth-Client").Single());
        Assert.Equal(ForeignIssuer.Issuer, answer.Headers.GetValues("X-Auth-Issuer").Single());
        Assert.Equal(ForeignIssuer.Issuer, (await TestHost.JsonOf(answer)).GetProperty("iss").GetString());
    }

    [Fact]
    public async Task Api_introspection_and_revocation_do_not_know_them()
    {
        var bearer = await BearerAsync(Roles.Administrator);

        Assert.Equal(401, (await SendAsync(HttpMethod.Get, "/dashboard/keys", null, Token())).Status);
        var (status, introspected) = await SendFormAsync("/oauth/introspect", bearer, ("token", Token()));
        Assert.Equal((200, false), (status, introspected.GetProperty("active").GetBoolean()));
        var (revoked, problem) = await SendAsync(
            HttpMethod.Post, "/dashboard/tokens/revocations", new { token = Token(), reason = "found it" }, bearer);
        Assert.Equal(422, revoked);
        Assert.Contains("genuine signature of this server", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspector_diagnoses_them_with_the_same_checks()
    {
        var bearer = await BearerAsync(Roles.Support);

        var (_, good) = await SendAsync(HttpMethod.Post, "/dashboard/inspect", new { input = Token() }, bearer);
        var report = good.GetProperty("report");
        Assert.True(report.GetProperty("accepted").GetBoolean());
        Assert.Equal(("Login 0", "fresh"), (report.GetProperty("issuer").GetProperty("name").GetString(), report.GetProperty("issuer").GetProperty("keys").GetString()));

        _issuer.KeyId = "key-2";
        var (_, unknown) = await SendAsync(HttpMethod.Post, "/dashboard/inspect", new { input = Token() }, bearer);
        Assert.Equal("UNKNOWN_KEY", unknown.GetProperty("report").GetProperty("code").GetString());
        Assert.Contains("Login 0", unknown.GetProperty("report").GetProperty("next_step").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusal_is_found_under_its_reference_and_tells_its_caller_nothing_of_our_fetching()
    {
        _issuer.KeyId = "key-9";
        var (status, problem) = await SendAsync(HttpMethod.Post, "/auth/validate", new { token = Token() });
        Assert.Equal((401, "UNKNOWN_KEY"), (status, problem.GetProperty("error_code").GetString()));
        Assert.DoesNotContain("fetched", problem.ToString(), StringComparison.Ordinal);
        var bearer = await BearerAsync(Roles.Reviewer);
        var path = $"/dashboard/failures/{problem.GetProperty("request_id").GetString()}";

        await Eventually.TrueAsync(async () => (await SendAsync(HttpMethod.Get, path, null, bearer)).Status is 200);

        Assert.Contains("last fetched from keys.example.com", (await SendAsync(HttpMethod.Get, path, null, bearer)).Body.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_is_listed_and_keys_are_fetched_by_hand()
    {
        var (reviewer, administrator) = (await BearerAsync(Roles.Reviewer), await BearerAsync(Roles.Administrator));
        await Eventually.TrueAsync(async () => (await ItemAsync(reviewer)).GetProperty("state").GetString() is "fresh");
        var item = await ItemAsync(reviewer);
        Assert.Equal(("Login 0", "jwks"), (item.GetProperty("name").GetString(), item.GetProperty("source").GetString()));
        Assert.Equal("key-1", item.GetProperty("keys")[0].GetProperty("key_id").GetString());

        var body = new { reason = "they rotated" };
        Assert.Equal(403, (await SendAsync(HttpMethod.Post, "/dashboard/issuers/Login%200/refresh", body, reviewer)).Status);
        Assert.Equal(404, (await SendAsync(HttpMethod.Post, "/dashboard/issuers/nobody/refresh", body, administrator)).Status);
        Assert.Equal(422, (await SendAsync(HttpMethod.Post, "/dashboard/issuers/Login%200/refresh", new { reason = "" }, administrator)).Status);
        var (status, problem) = await SendAsync(HttpMethod.Post, "/dashboard/issuers/Login%200/refresh", body, administrator);
        Assert.Equal((429, "RATE_LIMITED"), (status, problem.GetProperty("error_code").GetString()));
    }

    private string Token(params (string Name, JsonNode? Value)[] claims)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return _issuer.TokenAt(now, claims);
    }

    private async Task<string> BearerAsync(string role) => await _signet.LogInAsync(await _signet.AddOperatorAsync($"olga-{role}", role));

    private async Task<JsonElement> ItemAsync(string bearer) =>
        (await SendAsync(HttpMethod.Get, "/dashboard/issuers", null, bearer)).Body.GetProperty("items")[0];

    private Task<(int Status, JsonElement Body)> SendFormAsync(string path, string bearer, params (string Name, string Value)[] fields) =>
        SendContentAsync(
            HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))), bearer);

    private Task<(int Status, JsonElement Body)> SendAsync(HttpMethod method, string path, object? body, string? bearer = null) =>
        SendContentAsync(method, path, body is null ? null : JsonContent.Create(body), bearer);

    private async Task<(int Status, JsonElement Body)> SendContentAsync(
        HttpMethod method, string path, HttpContent? content, string? bearer)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        using var answer = await _signet.Client.SendAsync(request, Stop);
        return ((int)answer.StatusCode, await TestHost.JsonOf(answer));
    }
}
