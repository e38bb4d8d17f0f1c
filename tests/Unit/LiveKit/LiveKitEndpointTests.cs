using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.LiveKit;

/// <summary><c>GET /api/token</c> as front ends of LiveKit call it, and the validation of what it gives.</summary>
public sealed class LiveKitEndpointTests(SharedSignet<LiveKitEndpointTests> shared)
    : IClassFixture<SharedSignet<LiveKitEndpointTests>>, ISharesSignet
{
    private const string Origin = "https://meet.signet.test";

    private readonly WholeSignet _signet = shared.Signet;

    public static string[] Settings =>
    [
        .. LiveKitBuilder.Settings.Select(setting => $"--{setting.Key}={setting.Value}"), "--Throttling:Budgets:Tokens=0",
        $"--LiveKit:Origins:0={Origin}",
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "test-room", "user1", 24)]
    [InlineData("?room=&identity=%20&ttl=", "test-room", "user1", 24)]
    [InlineData("?room=blue%20room&identity=Jos%C3%A9&ttl=1", "blue room", "José", 1)]
    [InlineData("?ttl=8760", "test-room", "user1", 8_760)]
    [InlineData("?ttl=024", "test-room", "user1", 24)]
    public async Task Answer_has_the_token_and_where_it_is_for(string query, string room, string identity, int hours)
    {
        var (status, body, _) = await AskAsync(query, await AdminAsync());

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["token", "url", "room", "ttl_hours"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            (LiveKitBuilder.Url, room, hours),
            (body.GetProperty("url").GetString(), body.GetProperty("room").GetString(), body.GetProperty("ttl_hours").GetInt32()));
        var claims = JsonSerializer.Deserialize<JsonElement>(ForgedToken.PayloadOf(body.GetProperty("token").GetString()!));
        Assert.Equal((identity, "User"), (claims.GetProperty("sub").GetString(), claims.GetProperty("name").GetString()));
        Assert.Equal(hours * 3_600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("nbf").GetInt64());
        Assert.Equal(room, claims.GetProperty("video").GetProperty("room").GetString());
        var row = await _signet.Services.GetRequiredService<TokenDirectory>().FindAsync(claims.GetProperty("jti").GetString()!, Stop);
        Assert.Equal((TokenKind.LiveKit, identity), (row!.Kind, row.Subject));
    }

    [Theory]
    [InlineData("?ttl=0")]
    [InlineData("?ttl=8761")]
    [InlineData("?ttl=-1")]
    [InlineData("?ttl=1.5")]
    [InlineData("?ttl=1e2")]
    [InlineData("?ttl=24h")]
    [InlineData("?ttl=+24")]
    [InlineData("?ttl=99999999999999999999")]
    [InlineData("?room=a&room=b")]
    [InlineData("?ttl=1&ttl=2")]
    [InlineData("?identity=operator:admin")]
    [InlineData("?identity=%07")]
    [InlineData("?room=%20a")]
    public async Task Bad_input_is_400_with_an_error(string query)
    {
        var (status, body, _) = await AskAsync(query, await AdminAsync());

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(body.GetProperty("detail").GetString(), body.GetProperty("error").GetString());
        Assert.NotEmpty(body.GetProperty("error").GetString()!);
        Assert.Equal("INVALID_INPUT", body.GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Room_and_identity_are_bounded()
    {
        var admin = await AdminAsync();

        Assert.Equal(HttpStatusCode.OK, (await AskAsync($"?room={new string('a', 255)}&identity={new string('b', 255)}", admin)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync($"?room={new string('a', 256)}", admin)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync($"?identity={new string('a', 256)}", admin)).Status);
    }

    [Fact]
    public async Task Nobody_gets_one_without_saying_who_they_are()
    {
        var (status, body, _) = await AskAsync("", null);

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal("AUTH_REQUIRED", body.GetProperty("error_code").GetString());
        Assert.NotEmpty(body.GetProperty("error").GetString()!);
    }

    [Theory]
    [InlineData("livekit:token", HttpStatusCode.OK)]
    [InlineData("livekit:*", HttpStatusCode.OK)]
    [InlineData("livekit:tokens", HttpStatusCode.Forbidden)]
    [InlineData("files:read", HttpStatusCode.Forbidden)]
    public async Task Token_needs_the_scope(string scope, HttpStatusCode expected)
    {
        var issued = await IssueAsync(new TokenRequest
        {
            Kind = TokenKind.Access,
            Subject = "svc:front-end",
            Client = "client_front",
            Scopes = [scope],
            Who = TokenBuilder.Somebody,
        });

        var (status, body, _) = await AskAsync("?identity=eve", issued);

        Assert.Equal(expected, status);
        if (expected is HttpStatusCode.OK)
        {
            var row = await RowOfAsync(body);
            Assert.Equal(("client_front", "client:client_front"), (row.Client, row.IssuedBy));
        }
        else
        {
            Assert.Equal("INSUFFICIENT_SCOPE", body.GetProperty("error_code").GetString());
            Assert.Equal("livekit:token", body.GetProperty("required_scopes")[0].GetString());
            await Eventually.TrueAsync(async () => (await _signet.Services.GetRequiredService<EventLog>().ListAsync(
                new EventFilter(Subject: "svc:front-end", Kind: EventKinds.AccessRefused), null, 5, Stop)).Items is [{ Code: "INSUFFICIENT_SCOPE" }, ..]);
        }
    }

    [Fact]
    public async Task Token_that_is_for_livekit_or_refused_gets_none()
    {
        var liveKit = (await AskAsync("", await AdminAsync())).Body.GetProperty("token").GetString()!;

        Assert.Equal("WRONG_TOKEN_TYPE", (await AskAsync("", liveKit)).Body.GetProperty("error_code").GetString());
        Assert.Equal("MALFORMED_TOKEN", (await AskAsync("", "nonsense")).Body.GetProperty("error_code").GetString());
    }

    [Fact]
    public async Task Person_who_asks_is_in_the_audit_log()
    {
        var body = (await AskAsync("", await AdminAsync())).Body;

        var entries = await _signet.Services.GetRequiredService<AuditLog>().ListAsync(
            new AuditFilter(ObjectId: (await RowOfAsync(body)).TokenId), null, 5, Stop);
        Assert.Equal("token.minted", Assert.Single(entries.Items).Entry.Action);
    }

    [Theory]
    [InlineData(Origin, true)]
    [InlineData("https://evil.example", false)]
    [InlineData("null", false)]
    public async Task Only_pages_of_configured_origins_read_it(string origin, bool isAllowed)
    {
        using var before = Request(HttpMethod.Options, "", null);
        before.Headers.Add("Origin", origin);
        before.Headers.Add("Access-Control-Request-Method", "GET");
        before.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var preflight = await _signet.Client.SendAsync(before, Stop);
        using var asking = Request(HttpMethod.Get, "", await AdminAsync());
        asking.Headers.Add("Origin", origin);
        using var answer = await _signet.Client.SendAsync(asking, Stop);

        Assert.Equal(isAllowed ? origin : null, AllowedBy(preflight));
        Assert.Equal(isAllowed ? origin : null, AllowedBy(answer));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Valid_one_is_explained_by_validation_with_the_profile()
    {
        var token = (await AskAsync("?room=blue&identity=eve", await AdminAsync())).Body.GetProperty("token").GetString()!;

        var (status, body) = await ValidateAsync(new { token, profile = "livekit" });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(body.GetProperty("valid").GetBoolean());
        Assert.Equal("eve", body.GetProperty("subject").GetString());
        var liveKit = body.GetProperty("livekit");
        Assert.Equal(
            ("blue", "eve", LiveKitBuilder.ApiKey),
            (liveKit.GetProperty("room").GetString(), liveKit.GetProperty("identity").GetString(), liveKit.GetProperty("api_key").GetString()));
        Assert.Equal("video.roomJoin", liveKit.GetProperty("grants")[0].GetProperty("grant").GetString());
        Assert.Equal("May join the room.", liveKit.GetProperty("grants")[0].GetProperty("meaning").GetString());
        Assert.All(liveKit.GetProperty("answers").EnumerateArray(), answer => Assert.True(answer.GetProperty("accepts").GetBoolean()));
    }

    [Fact]
    public async Task Refused_one_says_what_the_server_says()
    {
        var longAgo = TimeProvider.System.GetUtcNow().AddDays(-1);

        var (status, expired) = await ValidateAsync(new { token = LiveKitBuilder.Foreign(longAgo, LiveKitBuilder.Secret), profile = "livekit" });
        var (_, forged) = await ValidateAsync(new { token = LiveKitBuilder.Foreign(longAgo, "another"), profile = "livekit" });
        var (_, other) = await ValidateAsync(new { token = LiveKitBuilder.Foreign(longAgo, "another", ("iss", "APIother")), profile = "livekit" });

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Equal(("TOKEN_EXPIRED", "go-jose/go-jose/jwt: validation failed, token is expired (exp)"), Short(expired));
        Assert.Equal(("INVALID_SIGNATURE", "go-jose/go-jose: error in cryptographic primitive"), Short(forged));
        Assert.Equal(("WRONG_ISSUER", "go-jose/go-jose/jwt: validation failed, invalid issuer claim (iss)"), Short(other));

        static (string?, string?) Short(JsonElement body) =>
            (body.GetProperty("error_code").GetString(), body.GetProperty("livekit_error").GetString());
    }

    [Fact]
    public async Task Without_the_profile_it_is_the_wrong_kind_of_token()
    {
        var token = (await AskAsync("", await AdminAsync())).Body.GetProperty("token").GetString()!;

        Assert.Equal("WRONG_TOKEN_TYPE", (await ValidateAsync(new { token })).Body.GetProperty("error_code").GetString());
        Assert.Equal("WRONG_TOKEN_TYPE", (await ValidateAsync(new { token, profile = "access" })).Body.GetProperty("error_code").GetString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ValidateAsync(new { token, profile = "arcp" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ValidateAsync(new { token, profile = "livekit", audience = "x" })).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await ValidateAsync(new { token, profile = "livekit", scopes = "x" })).Status);
    }

    [Fact]
    public async Task Inspection_explains_it_without_being_told_what_it_is()
    {
        var admin = await AdminAsync();
        var token = (await AskAsync("?room=blue", admin)).Body.GetProperty("token").GetString()!;

        var report = (await PostAsync("/dashboard/inspect", new { input = token }, admin)).Body.GetProperty("report");
        var asApi = (await PostAsync("/dashboard/inspect", new { input = token, profile = "access" }, admin)).Body.GetProperty("report");

        Assert.True(report.GetProperty("accepted").GetBoolean());
        Assert.Equal("blue", report.GetProperty("livekit").GetProperty("room").GetString());
        Assert.Equal("livekit", report.GetProperty("ledger").GetProperty("kind").GetString());
        Assert.Equal("WRONG_TOKEN_TYPE", asApi.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Token_is_revoked_by_itself()
    {
        var admin = await AdminAsync();
        var token = (await AskAsync("", admin)).Body.GetProperty("token").GetString()!;

        var (status, _) = await PostAsync("/dashboard/tokens/revocations", new { token, reason = "found in a log" }, admin);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("TOKEN_REVOKED", (await ValidateAsync(new { token, profile = "livekit" })).Body.GetProperty("error_code").GetString());
    }

    private static string? AllowedBy(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;

    private async Task<string> AdminAsync() =>
        await _signet.LogInAsync(await _signet.AddOperatorAsync("u" + Guid.CreateVersion7().ToString("N"), Roles.Administrator));

    private async Task<string> IssueAsync(TokenRequest request) => Assert.IsType<TokenIssueOutcome.Issued>(
        await _signet.Services.GetRequiredService<TokenIssuer>().IssueAsync(request, Stop)).Token;

    private async Task<LedgerEntry> RowOfAsync(JsonElement answer)
    {
        var claims = JsonSerializer.Deserialize<JsonElement>(ForgedToken.PayloadOf(answer.GetProperty("token").GetString()!));
        return (await _signet.Services.GetRequiredService<TokenDirectory>().FindAsync(claims.GetProperty("jti").GetString()!, Stop))!;
    }

    private static HttpRequestMessage Request(HttpMethod method, string query, string? token)
    {
        var request = new HttpRequestMessage(method, $"/api/token{query}");
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        return request;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body, string? Type)> AskAsync(string query, string? token)
    {
        using var request = Request(HttpMethod.Get, query, token);
        using var answer = await _signet.Client.SendAsync(request, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop), answer.Content.Headers.ContentType?.MediaType);
    }

    private Task<(HttpStatusCode Status, JsonElement Body)> ValidateAsync(object body) => PostAsync("/auth/validate", body, null);

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, object body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
        using var answer = await _signet.Client.SendAsync(request, Stop);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Stop));
    }
}
