using System.Net.Sockets;
using System.Text;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>Envoy, which asks about a request with its own method, host, and path behind /verify.</summary>
public sealed class AskedTargetTests(SharedSignet<AskedTargetTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<AskedTargetTests>>, ISharesSignet
{
    public static string[] Settings =>
    [
        "--Throttling:Budgets:ForwardAuth=0",
        "--OAuth:ProtectedResources:0:Resource=https://api.example.com/mcp",
        "--OAuth:ProtectedResources:0:Scopes:0=files:read",
        "--OAuth:ProtectedResources:1:Resource=https://files.example.com",
        "--OAuth:OtherHosts:0=other.example.com",
    ];

    [Fact]
    public async Task Rule_is_that_of_the_requests_own_host_and_path_whatever_its_method_and_query()
    {
        var general = await GetTokenAsync();
        var good = await GetTokenAsync("client_one", ("resource", "https://api.example.com/mcp"));
        var files = await GetTokenAsync("client_one", ("resource", "https://files.example.com"));

        foreach (var method in (string[])["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
        {
            Assert.Equal(200, await AskAsync(good, "/verify/mcp/tools?x=1&x=2&scope=none", method: method));
            Assert.Equal(401, await AskAsync(general, "/verify/mcp/tools", method: method));
        }

        Assert.Equal(200, await AskAsync(good, "/verify/%6Dcp"));
        Assert.Equal(200, await AskAsync(files, "/verify/", "files.example.com"));
        Assert.Equal(401, await AskAsync(general, "/verify/", "files.example.com"));
        Assert.Equal(200, await AskAsync(general, "/verify/anything", "other.example.com"));
        Assert.Equal(200, await AskAsync(general, "/verify/request", "other.example.com"));
        Assert.Equal(401, await AskAsync(null, "/verify/mcp"));
        Assert.Equal(200, await AskAsync(good, "/verify/mcp", more: "Content-Type: multipart/form-data; boundary=x\r\n"));
        Assert.Equal(200, await AskAsync(
            good, "/verify/mcp", method: "OPTIONS", more: "Origin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n"));
    }

    [Fact]
    public async Task Target_never_chooses_what_answers_here()
    {
        var good = await GetTokenAsync("client_one", ("resource", "https://api.example.com/mcp"));
        foreach (var target in (string[])
            ["/../healthz", "/mcp/../../healthz", "/%2e%2e/healthz", "/../.well-known/jwks.json", "/../login", "/mcp/%2E./healthz"])
        {
            Assert.Equal(400, await AskAsync(null, "/verify" + target));
            Assert.Equal(400, await AskAsync(null, "/VERIFY" + target, "localhost"));
            Assert.Equal(400, await AskAsync(good, "/verify" + target));
        }

        Assert.Equal(400, await AskAsync(good, "/verify/mcp;x=1"));
        Assert.Equal(400, await AskAsync(good, "/verify/open/..%2fmcp"));
        Assert.Equal(400, await AskAsync(good, "/verify/mcp", "evil"));
        Assert.Equal(400, await AskAsync(good, "/verify/mcp", more: "X-Forwarded-Host: other.example.com\r\nX-Forwarded-Uri: /\r\n"));
        Assert.Equal(400, await AskAsync(good, "/verify/mcp", more: "X-Forwarded-Host: other.example.com\r\n"));
    }

    [Fact]
    public async Task Without_a_path_all_is_as_it_was()
    {
        var token = await GetTokenAsync();

        Assert.Equal(200, await AskAsync(token, "/verify", "localhost"));
        Assert.Equal(200, await AskAsync(token, "/verify?scope=files:read", "localhost"));
        Assert.Equal(400, await AskAsync(token, "/verify", "api.example.com"));
        Assert.Equal(405, await AskAsync(token, "/verify", "localhost", "PUT"));
    }

    // Byte for byte: a well-behaved client would clean these paths.
    private async Task<int> AskAsync(
        string? token, string target, string host = "api.example.com", string method = "GET", string more = "")
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", Signet.Client.BaseAddress!.Port, Stop);
        await using var stream = socket.GetStream();
        var bearer = token is null ? "" : $"Authorization: Bearer {token}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Length: 0\r\n{bearer}{more}\r\n"), Stop);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var answer = await reader.ReadToEndAsync(Stop);
        return int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), System.Globalization.CultureInfo.InvariantCulture);
    }
}
