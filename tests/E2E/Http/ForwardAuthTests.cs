using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Dashboard.Tests.E2E.Infrastructure;

namespace Dashboard.Tests.E2E.Http;

/// <summary>An API without a login of its own, behind a real nginx with docs/deploy/nginx-forward-auth.conf.</summary>
public sealed class ForwardAuthTests : IAsyncLifetime
{
    private const string Id = "reports";
    private const string Secret = "a-secret-of-the-environment-0123456789";

    private readonly Nginx _nginx = new();
    private SignetProcess _signet = null!;
    private HttpClient _caller = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Resource => $"https://localhost:{_nginx.Port}/mcp";

    public async ValueTask InitializeAsync()
    {
        _signet = await SignetProcess.StartAsync(
            null,
            ("SIGNET_CLIENT_ID", Id),
            ("SIGNET_CLIENT_SECRET", Secret),
            ("SIGNET_CLIENT_SCOPES", "mcp:use files:read"),
            ("Hosting__KnownProxies__0", "127.0.0.1"),
            ("OAuth__ProtectedResources__0__Resource", Resource),
            ("OAuth__ProtectedResources__0__Scopes__0", "mcp:use"));
        var api = Ports.Free();
        await _nginx.StartAsync(
            "nginx-forward-auth.conf",
            "/.well-known/oauth-protected-resource/mcp",

            // The API: says what reached it.
            $$"""
            server {
                listen 127.0.0.1:{{api}};
                location / {
                    default_type text/plain;
                    return 200 "$request_method $request_uri|$http_x_user_id|$http_x_auth_client|$http_x_auth_scopes|$http_x_auth_token";
                }
            }
            """,
            ("server_name api.example.com;", "server_name localhost;"),
            ("X-Forwarded-Host   $server_name;", $"X-Forwarded-Host   $server_name:{_nginx.Port};"),
            ("Host               signet.example.com;", $"Host               {_signet.Address.Authority};"),
            ("http://10.0.0.11:5000", $"http://127.0.0.1:{_signet.Address.Port}"),
            ("http://10.0.0.21:8080", $"http://127.0.0.1:{api}"));
        _caller = _nginx.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _nginx.DisposeAsync();
        await _signet.DisposeAsync();
    }

    [Fact]
    public async Task Only_good_tokens_for_the_api_pass_and_the_api_hears_whose_they_are()
    {
        var token = await GetTokenAsync(("resource", Resource));
        using var passed = await CallAsync("/mcp/tools?x=1", token);
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.Equal($"GET /mcp/tools?x=1|{Id}|{Id}|mcp:use files:read|", await passed.Content.ReadAsStringAsync(Stop));

        using var upload = await CallAsync("/mcp/upload", token, new MultipartFormDataContent { { new StringContent("a file"), "file", "a.txt" } });
        Assert.Equal(HttpStatusCode.OK, upload.StatusCode);

        using var nobody = await CallAsync("/mcp/tools", null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Contains(
            $"resource_metadata=\"https://localhost:{_nginx.Port}/.well-known/oauth-protected-resource/mcp\"",
            Assert.Single(nobody.Headers.GetValues("WWW-Authenticate")),
            StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/mcp/tools", await GetTokenAsync()));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/mcp/tools", "no.token.atall"));

        using var weak = await CallAsync("/mcp/tools", await GetTokenAsync(("resource", Resource), ("scope", "files:read")));
        Assert.Equal(HttpStatusCode.Forbidden, weak.StatusCode);
        Assert.Contains("insufficient_scope", Assert.Single(weak.Headers.GetValues("WWW-Authenticate")), StringComparison.Ordinal);

        using var revocation = await SendAsync("/oauth/revoke", ("token", token));
        Assert.Equal(HttpStatusCode.OK, revocation.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/mcp/tools", token));
    }

    [Fact]
    public async Task What_a_caller_says_about_itself_does_not_reach_the_api()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/mcp");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GetTokenAsync(("resource", Resource)));
        foreach (var name in (string[])["X-User-Id", "X-User-Name", "X-Auth-Client", "X-Auth-Scopes", "X-Auth-Token", "X-Forwarded-Host", "X-Forwarded-Uri"])
        {
            request.Headers.TryAddWithoutValidation(name, "root");
        }

        using var answer = await _caller.SendAsync(request, Stop);

        Assert.Equal($"GET /mcp|{Id}|{Id}|mcp:use files:read|", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task Host_that_a_caller_makes_up_escapes_no_rule()
    {
        var (general, good) = (await GetTokenAsync(("scope", "files:read")), await GetTokenAsync(("resource", Resource)));

        foreach (var host in (string[])["evil", "localhost", "localhost:1", _signet.Address.Authority])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/mcp/tools", general, host));
            Assert.Equal(HttpStatusCode.OK, await StatusAsync("/mcp/tools", good, host));
        }

        Assert.NotEqual(HttpStatusCode.OK, await StatusAsync("/mcp;x=1/tools", general));
    }

    [Fact]
    public async Task Client_finds_the_way_to_its_token_from_the_challenge_alone()
    {
        var resource = await _caller.GetJsonAsync("/.well-known/oauth-protected-resource/mcp");
        Assert.Equal(Resource, resource.GetProperty("resource").GetString());

        var issuer = resource.GetProperty("authorization_servers")[0].GetString();
        var server = await _signet.Http.GetJsonAsync("/.well-known/oauth-authorization-server");

        Assert.Equal(issuer, server.GetProperty("issuer").GetString());
        Assert.Equal($"{issuer}/oauth/token", server.GetProperty("token_endpoint").GetString());
    }

    private async Task<string> GetTokenAsync(params (string Name, string Value)[] more)
    {
        using var answer = await SendAsync("/oauth/token", [("grant_type", "client_credentials"), .. more]);
        return (await answer.ReadAsync(200)).GetProperty("access_token").GetString()!;
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(form.Select(item => KeyValuePair.Create(item.Name, item.Value))),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Id}:{Secret}")));
        return await _signet.Http.SendAsync(request, Stop);
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? token, string? host = null)
    {
        using var answer = await CallAsync(path, token, host: host);
        return answer.StatusCode;
    }

    private async Task<HttpResponseMessage> CallAsync(string path, string? token, HttpContent? body = null, string? host = null)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path) { Content = body };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Host = host;
        return await _caller.SendAsync(request, Stop);
    }
}
