using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Telemetry;

/// <summary>
/// No token, secret, password or claim value reaches logs, traces or metrics (AUD-07, KEY-08), however much is logged. The same is
/// asked of every Signet of all other tests when it ends.
/// </summary>
public sealed class LeakTests
{
    private const string Marker = "marker-of-a-claim";

    private static readonly (string Name, string? Value)[] LoudJson =
    [
        ("Logging__LogLevel__Default", "Trace"),
        ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
        ("Logging__Console__LogLevel__Default", "Trace"),
        ("Logging__Console__FormatterName", "json"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_secret_is_written_or_sent_however_much_is_logged()
    {
        await using var signet = await SignetProcess.StartAsync(null, LoudJson);
        Secrets.Note(Marker);

        await LogInWronglyAsync(signet);
        using var administrator = await signet.LoginAsync();
        await UseTokensAsync(signet, administrator);
        await UseClientAsync(signet, administrator);
        await UseAgentAsync(signet, administrator);
        await SendWrongThingsAsync(signet);
        var reference = await ReferenceAsync(signet);
        await signet.StopAsync();

        Assert.Null(Secrets.FindIn(signet.Output));
        Assert.Null(Secrets.FindIn(signet.Telemetry));

        // All of it was searched: logs, traces and metrics, with what they are there for.
        Assert.Contains($"\"request_id\":\"{reference}\"", signet.Output, StringComparison.Ordinal);
        Assert.All((string[])["v1/logs", "v1/traces", "v1/metrics", reference], text => Assert.Contains(text, signet.Telemetry, StringComparison.Ordinal));
        Assert.All(
            (string[])
            [
                "signet.tokens.issued", "signet.tokens.validated", "signet.tokens.refused", "signet.tokens.revoked", "signet.logins",
                "signet.events.dropped", "signet.store.duration", "signet.token.validate", "signet.token.issue", "signet.token.revoke",
                "signet.store.write", "TOKEN_REVOKED", "POST /auth/validate", "http.server.request.duration",
            ],
            text => Assert.Contains(text, signet.Telemetry, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secret_that_was_written_would_be_found()
    {
        await using var signet = await SignetProcess.StartAsync();
        using var administrator = await signet.LoginAsync();
        await signet.StopAsync();

        Assert.Contains("Now listening on", signet.Output, StringComparison.Ordinal);
        Assert.NotNull(Secrets.FindIn(signet.Output + "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"));
        Assert.NotNull(Secrets.FindIn($"{signet.Telemetry}sgt_rt_{new string('a', 43)}"));
        Assert.NotNull(Secrets.FindIn($"\0{administrator.DefaultRequestHeaders.Authorization!.Parameter}\u0002"));
        Assert.NotNull(Secrets.FindIn($"{signet.Telemetry}?password={Uri.EscapeDataString(SignetProcess.Password)}"));
        Assert.Null(Secrets.FindIn(signet.Output));
    }

    [Fact]
    public async Task Wrong_setting_ends_the_start_with_its_name_and_without_what_may_be_secret()
    {
        var (exitCode, output) = await SignetProcess.RunAsync(
            "--urls=http://127.0.0.1:0", "--Telemetry:OtlpEndpoint=http://user:hidden-word@collector", "--Telemetry:Headers=hidden-word");

        Assert.Equal(2, exitCode);
        Assert.Contains("Telemetry:OtlpEndpoint must be", output, StringComparison.Ordinal);
        Assert.Contains("Telemetry:Headers must list", output, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", output, StringComparison.Ordinal);
    }

    private static async Task LogInWronglyAsync(SignetProcess signet)
    {
        // People type passwords where names belong.
        foreach (var (username, password) in ((string, string)[])[("admin", "a wrong password of mine"), ("typed into the wrong field", "x")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login");
            request.Headers.Add("X-Client-Fingerprint", SignetProcess.Fingerprint);
            request.Content = JsonContent.Create(new { username, password });
            using var answer = await signet.Http.SendAsync(request, Stop);
            Assert.InRange((int)answer.StatusCode, 400, 499);
            Secrets.Note(username);
        }

        Secrets.Note(SignetProcess.Fingerprint);
    }

    private static async Task UseTokensAsync(SignetProcess signet, HttpClient administrator)
    {
        var made = await administrator.PostJsonAsync(
            "/dashboard/tokens",
            new { subject = $"{Marker}-subject", scope = "read", claims = new { tenant = Marker }, audience = $"{Marker}-audience" },
            201);
        var (token, id) = (made.GetProperty("access_token").GetString()!, made.GetProperty("jti").GetString()!);

        Assert.Null(await signet.Http.RefusalOfAsync(token, $"{Marker}-audience"));
        Assert.Equal("INVALID_SIGNATURE", await signet.Http.RefusalOfAsync(token[..^6] + "AAAAAA"));
        Assert.Equal("WRONG_AUDIENCE", await signet.Http.RefusalOfAsync(token, "https://other.example.com"));
        using var revoked = await administrator.RevokeAsync(id, $"{Marker} in a reason");
        Assert.Equal("TOKEN_REVOKED", await signet.Http.RefusalOfAsync(token, $"{Marker}-audience"));
        await administrator.RevokeMatchingAsync($"{Marker}-subject");
    }

    private static async Task UseClientAsync(SignetProcess signet, HttpClient administrator)
    {
        var made = await administrator.PostJsonAsync(
            "/dashboard/clients",
            new { client_name = "Leaks", grant_types = new[] { "client_credentials" }, scope = "read", reason = "a test" },
            201);
        var (id, secret) = (made.GetProperty("client_id").GetString()!, made.GetProperty("client_secret").GetString()!);
        await administrator.PostJsonAsync($"/dashboard/clients/{id}/registration-token", new { reason = "a test" }, 200);
        await administrator.PostJsonAsync("/dashboard/initial-access-tokens", new { label = "leaks", uses = 1, reason = "a test" }, 201);

        var given = await PostFormAsync(signet, "/oauth/token", id, secret, 200, ("grant_type", "client_credentials"));
        await PostFormAsync(signet, "/oauth/token", id, "a secret that is not this client's", 401, ("grant_type", "client_credentials"));
        var token = given.GetProperty("access_token").GetString()!;
        await PostFormAsync(signet, "/oauth/introspect", id, secret, 200, ("token", token));
        await PostFormAsync(signet, "/oauth/token", id, secret, 400, ("grant_type", "refresh_token"), ("refresh_token", $"sgt_rt_{new string('b', 43)}"));
    }

    private static async Task UseAgentAsync(SignetProcess signet, HttpClient administrator)
    {
        var made = await administrator.PostJsonAsync("/dashboard/agent-keys", new { label = "leaks", reason = "a test" }, 201);
        await signet.Http.PostJsonAsync(
            "/auth/agent/request_temp_token",
            new { agent_id = "scanner-7", agent_type = "security", agent_key = made.GetProperty("agent_key").GetString() },
            200);
        using var refused = await signet.Http.PostAsJsonAsync(
            "/auth/agent/request_temp_token",
            new { agent_id = "scanner-7", agent_type = "security", agent_key = $"sgt_ak_{new string('c', 43)}" },
            Stop);
        Assert.InRange((int)refused.StatusCode, 400, 499);
    }

    private static async Task SendWrongThingsAsync(SignetProcess signet)
    {
        await AskAsync(signet, $"/nowhere/at/all?token={Marker}&code={Marker}");
        await AskAsync(signet, $"/oauth/authorize?client_id=nobody&state={Marker}&login_hint={Marker}");
        await AskAsync(signet, $"/dashboard/tokens?subject={Marker}&limit={Marker}");
        foreach (var body in (string[])["{\"token\":\"" + Marker, "{\"token\":{\"" + Marker + "\":1}}", $"\"{Marker}\""])
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await signet.Http.PostAsync(new Uri($"/auth/validate?x={Marker}", UriKind.Relative), content, Stop);
            Assert.InRange((int)answer.StatusCode, 400, 499);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/tokens");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", $"{Marker}.{Marker}.{Marker}");
        request.Headers.Add("tracestate", $"vendor={Marker}");
        request.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        request.Headers.Add("baggage", $"name={Marker}");
        request.Headers.Add("X-Request-ID", Marker);
        request.Headers.Add("Cookie", $"signet_session={Marker}");
        using var refused = await signet.Http.SendAsync(request, Stop);
        Assert.InRange((int)refused.StatusCode, 400, 499);
    }

    private static async Task AskAsync(SignetProcess signet, string path)
    {
        using var answer = await signet.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        Assert.InRange((int)answer.StatusCode, 300, 499);
    }

    private static async Task<string> ReferenceAsync(SignetProcess signet)
    {
        using var content = new StringContent("{", Encoding.UTF8, "application/json");
        using var answer = await signet.Http.PostAsync(new Uri("/auth/validate", UriKind.Relative), content, Stop);
        return answer.Headers.GetValues("X-Request-ID").Single();
    }

    private static async Task<JsonElement> PostFormAsync(
        SignetProcess signet, string path, string id, string secret, int status, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Select(field => KeyValuePair.Create(field.Name, field.Value))),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{Uri.EscapeDataString(secret)}")));
        using var answer = await signet.Http.SendAsync(request, Stop);
        return await answer.ReadAsync(status);
    }
}
