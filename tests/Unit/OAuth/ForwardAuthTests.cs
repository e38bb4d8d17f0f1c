using System.Net;
using System.Net.Http.Headers;
using Dashboard.Core.Access;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>Reverse proxies that ask who is behind a request.</summary>
public sealed class ForwardAuthTests(SharedSignet<ForwardAuthTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<ForwardAuthTests>>, ISharesSignet
{
    private const string Metadata = "resource_metadata=\"https://api.example.com/.well-known/oauth-protected-resource/mcp\"";

    public static string[] Settings =>
    [
        "--Throttling:Budgets:ForwardAuth=0",
        "--OAuth:ProtectedResources:0:Resource=https://api.example.com/mcp",
        "--OAuth:ProtectedResources:0:Scopes:0=files:read",
        "--OAuth:OtherHosts:0=other.example.com",
        "--Scopes:Hierarchy:admin:0=files:read",
    ];

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    [InlineData("HEAD")]
    public async Task Good_token_is_answered_with_who_is_behind_it_and_no_body(string method)
    {
        var token = await GetTokenAsync();

        using var answer = await SendAsync(Asking(token, method: method));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync(Stop));
        Assert.Equal("client_one", Header(answer, "X-User-Id"));
        Assert.Equal("client_one", Header(answer, "X-User-Name"));
        Assert.Equal("client_one", Header(answer, "X-Auth-Client"));
        Assert.Equal("files:read files:write", Header(answer, "X-Auth-Scopes"));
        Assert.Equal(token, Header(answer, "X-Auth-Token"));
    }

    [Fact]
    public async Task Body_is_json_where_it_is_asked_for()
    {
        using var request = Asking((await GetPairAsync()).Access);
        request.Headers.Add("Accept", "application/json");

        var json = await AnswerAsync(request);

        Assert.Equal(["sub", "username", "client_id", "scope", "exp", "jti"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("user:admin", "admin"), (json.GetProperty("sub").GetString(), json.GetProperty("username").GetString()));
    }

    [Fact]
    public async Task Good_token_is_presented_once_and_refused_nowhere()
    {
        using var request = Asking(await GetTokenAsync());
        request.Headers.Add("Accept", "application/json");
        var jti = (await AnswerAsync(request)).GetProperty("jti").GetString()!;
        var directory = Signet.Services.GetRequiredService<TokenDirectory>();

        await Eventually.TrueAsync(async () => (await directory.FindAsync(jti, Stop))?.Presented is not null);
        var presented = (await directory.FindAsync(jti, Stop))!.Presented!;
        Assert.Equal(("verify", presented.First), (presented.Last.Where, presented.Last));
        var events = Signet.Services.GetRequiredService<Core.Events.EventLog>();
        Assert.DoesNotContain(await events.ReadNewestAsync(Core.Events.EventKinds.TokenRefused, 10, Stop), item => item.TokenId == jti);
    }

    [Theory]
    [InlineData("b\u00f6rse", "b%C3%B6rse")]
    [InlineData("b%C3%B6rse", "b%25C3%25B6rse")]
    [InlineData("a b", "a%20b")]
    [InlineData("a:b@c", "a:b@c")]
    public async Task Names_in_headers_are_never_two_peoples(string subject, string header)
    {
        using var answer = await SendAsync(Asking(await IssueAsync(TokenKind.Minted, subject)));

        Assert.Equal(header, Header(answer, "X-User-Id"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic b25lOnR3bw==")]
    [InlineData("Bearer ")]
    [InlineData("Bearer a, Bearer b")]
    public async Task Request_without_a_token_is_challenged_without_an_error(string? header)
    {
        using var request = Asking(null, host: "api.example.com", uri: "/mcp");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        using var answer = await SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal($"Bearer realm=\"signet\", scope=\"files:read\", {Metadata}", Header(answer, "WWW-Authenticate"));
        Assert.Equal("invalid_token", (await TestHost.JsonOf(answer)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Token_that_is_refused_is_challenged_with_its_error()
    {
        var token = await GetTokenAsync();
        using var revocation = await SendAsync(OAuthClients.Form("/oauth/revoke", ("token", token)).As("client_one"));

        using var answer = await SendAsync(Asking(token));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(
            "Bearer error=\"invalid_token\", error_description=\"The access token was revoked\"", Header(answer, "WWW-Authenticate"));
        Assert.Equal("invalid_token", (await TestHost.JsonOf(answer)).GetProperty("error").GetString());
        Assert.False(answer.Headers.Contains("X-User-Id"));
    }

    [Fact]
    public async Task Scope_of_the_query_is_needed_and_the_answer_names_it()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_admin") with { Scopes = ["admin"] });
        var token = await GetTokenAsync("client_admin");

        using var implied = await SendAsync(Asking(token, "?scope=files:read"));
        using var missing = await SendAsync(Asking(token, "?scope=files:read+files:delete"));

        Assert.Equal(HttpStatusCode.OK, implied.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, missing.StatusCode);
        Assert.Equal(
            "Bearer error=\"insufficient_scope\", error_description=\"The access token lacks a required scope\", "
            + "scope=\"files:read files:delete\"",
            Header(missing, "WWW-Authenticate"));
        Assert.Equal("insufficient_scope", (await TestHost.JsonOf(missing)).GetProperty("error").GetString());
    }

    [Theory]
    [InlineData("?scope=a%22b")]
    [InlineData("?scope=a&scope=b")]
    public async Task Scope_that_the_proxy_asks_for_wrongly_lets_nobody_through(string query) =>
        Assert.Equal(400, await StatusAsync(Asking(await GetTokenAsync(), query)));

    [Fact]
    public async Task Protected_resource_wants_its_own_audience_and_scopes()
    {
        var general = await GetTokenAsync();
        var good = await GetTokenAsync("client_one", ("resource", "https://api.example.com/mcp"));
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_without") with { Scopes = ["other"] });
        var weak = await GetTokenAsync("client_without", ("resource", "https://api.example.com/mcp"));

        Assert.Equal(200, await StatusAsync(Asking(good, host: "api.example.com", uri: "/mcp/tools?x=1")));
        Assert.Equal(401, await StatusAsync(Asking(general, host: "api.example.com", uri: "/mcp/tools")));
        Assert.Equal(401, await StatusAsync(Asking(good, host: "other.example.com", uri: "/")));
        Assert.Equal(200, await StatusAsync(Asking(general, host: "other.example.com", uri: "/")));
        using var answer = await SendAsync(Asking(weak, host: "api.example.com", uri: "/mcp"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(Metadata, Header(answer, "WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("api.example.com", null)]
    [InlineData(null, "/mcp")]
    [InlineData("api.example.com, other.example.com", "/mcp")]
    [InlineData("api.example.com", "/open/..%2fmcp")]
    [InlineData("api.example.com", "/open/../mcp")]
    [InlineData("api.example.com", "mcp")]
    [InlineData("api.example.com", "/mcp;x=1/tools")]
    [InlineData("evil", "/mcp/tools")]
    [InlineData("localhost", "/mcp/tools")]
    public async Task Request_that_could_be_for_another_resource_is_let_through_to_none(string? host, string? uri) =>
        Assert.Equal(400, await StatusAsync(Asking(await GetTokenAsync(), host: host, uri: uri)));

    [Fact]
    public async Task Reference_of_every_refusal_opens_what_was_refused()
    {
        var events = Signet.Services.GetRequiredService<Core.Events.EventLog>();
        (HttpRequestMessage Request, string Code)[] refused =
        [
            (Asking(null), "AUTH_REQUIRED"),
            (Asking(await GetTokenAsync(), "?scope=a%22b"), "INVALID_INPUT"),
            (Asking(await GetTokenAsync(), host: "evil", uri: "/mcp"), "INVALID_INPUT"),
            (Asking("no.token.atall"), "MALFORMED_TOKEN"),
        ];

        foreach (var (request, code) in refused)
        {
            using var answer = await SendAsync(request);
            var json = await TestHost.JsonOf(answer);
            var reference = json.GetProperty("request_id").GetString()!;
            await Eventually.TrueAsync(async () => await events.FindByRequestAsync(reference, Stop) is not null);
            var found = (await events.FindByRequestAsync(reference, Stop))!;
            Assert.Equal((code, Core.Events.EventOutcome.Refused, "GET /verify"), (found.Code, found.Outcome, found.Origin.Endpoint));
            Assert.NotNull(found.Detail);
        }
    }

    [Fact]
    public async Task Token_of_an_operator_opens_no_api_behind_a_proxy()
    {
        using var request = Asking(await Signet.LogInAsync(await Signet.AddOperatorAsync("olga", Roles.Administrator)));
        request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);

        Assert.Equal(401, await StatusAsync(request));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    [InlineData("image/png")]
    public async Task Type_of_a_body_that_the_proxy_kept_to_itself_does_not_matter(string type)
    {
        using var request = Asking(await GetTokenAsync(), method: "POST");
        request.Content = new ByteArrayContent([]);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);

        Assert.Equal(200, await StatusAsync(request));
    }

    private static string Header(HttpResponseMessage answer, string name) => string.Join(", ", answer.Headers.GetValues(name));

    private static HttpRequestMessage Asking(
        string? token, string query = "", string? host = null, string? uri = null, string method = "GET")
    {
        var request = new HttpRequestMessage(new HttpMethod(method), "/verify" + query);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        Add("X-Forwarded-Host", host);
        Add("X-Forwarded-Uri", uri);
        return request;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    private async Task<int> StatusAsync(HttpRequestMessage request)
    {
        using var answer = await SendAsync(request);
        return (int)answer.StatusCode;
    }

    private async Task<string> IssueAsync(TokenKind kind, string subject) => Assert.IsType<TokenIssueOutcome.Issued>(
        await Signet.Services.GetRequiredService<TokenIssuer>().IssueAsync(
            TokenBuilder.Request(kind) with { Subject = subject, Client = null }, Stop)).Token;
}
