using System.Net;
using System.Text.Json;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>What clients find out by themselves (RFC 8414, RFC 9728).</summary>
public sealed class MetadataTests(SharedSignet<MetadataTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<MetadataTests>>, ISharesSignet
{
    public static string[] Settings =>
    [
        "--OAuth:ProtectedResources:0:Resource=https://api.example.com/mcp",
        "--OAuth:ProtectedResources:0:Name=The API",
        "--OAuth:ProtectedResources:0:Scopes:0=mcp:use",
        "--OAuth:ProtectedResources:1:Resource=https://files.example.com",
    ];

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server")]
    [InlineData("/.well-known/openid-configuration")]
    public async Task Document_of_the_server_names_the_issuer_and_what_there_is(string path)
    {
        using var answer = await Signet.Client.GetAsync(path, Stop);
        var json = await TestHost.JsonOf(answer);

        Assert.Equal((true, TimeSpan.FromMinutes(5)), (answer.Headers.CacheControl!.Public, answer.Headers.CacheControl.MaxAge));
        Assert.Equal("http://localhost", json.GetProperty("issuer").GetString());
        Assert.Equal("http://localhost/oauth/token", json.GetProperty("token_endpoint").GetString());
        Assert.Equal("http://localhost/oauth/revoke", json.GetProperty("revocation_endpoint").GetString());
        Assert.Equal("http://localhost/oauth/introspect", json.GetProperty("introspection_endpoint").GetString());
        Assert.Equal("http://localhost/.well-known/jwks.json", json.GetProperty("jwks_uri").GetString());
        Assert.Equal(["code"], Texts(json, "response_types_supported"));
        Assert.Equal(["authorization_code", "client_credentials", "refresh_token"], Texts(json, "grant_types_supported"));
        Assert.Equal(["S256"], Texts(json, "code_challenge_methods_supported"));
        Assert.Equal(
            ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"],
            Texts(json, "token_endpoint_auth_methods_supported"));
        Assert.Equal(["ES256", "ES384", "PS256", "RS256"], Texts(json, "token_endpoint_auth_signing_alg_values_supported"));
        Assert.Equal(
            ["client_secret_basic", "client_secret_post", "private_key_jwt"],
            Texts(json, "introspection_endpoint_auth_methods_supported"));
        Assert.Equal(["mcp:use"], Texts(json, "scopes_supported"));
        Assert.Equal(["https://api.example.com/mcp", "https://files.example.com"], Texts(json, "protected_resources"));
        Assert.True(json.GetProperty("authorization_response_iss_parameter_supported").GetBoolean());
        Assert.False(json.GetProperty("request_parameter_supported").GetBoolean());
        Assert.False(json.GetProperty("request_uri_parameter_supported").GetBoolean());
    }

    [Fact]
    public async Task Document_of_the_server_has_no_empty_lists_no_nulls_and_promises_no_id_tokens()
    {
        var json = await JsonAsync("/.well-known/oauth-authorization-server");

        Assert.All(json.EnumerateObject(), member =>
        {
            Assert.NotEqual(JsonValueKind.Null, member.Value.ValueKind);
            Assert.False(member.Value.ValueKind is JsonValueKind.Array && member.Value.GetArrayLength() == 0);
            Assert.DoesNotContain("id_token", member.Name, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Every_endpoint_that_the_document_names_answers()
    {
        var json = await JsonAsync("/.well-known/oauth-authorization-server");
        var named = json.EnumerateObject()
            .Where(member => member.Name.EndsWith("_endpoint", StringComparison.Ordinal) || member.Name is "jwks_uri")
            .Select(member => new Uri(member.Value.GetString()!).AbsolutePath)
            .ToList();

        Assert.Contains("/oauth/token", named);
        foreach (var path in named)
        {
            using var answer = await Signet.Client.GetAsync(path, Stop);
            Assert.NotEqual(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Resource_is_described_under_its_own_host_by_the_very_address_that_was_asked_for()
    {
        var json = await AnswerAsync(At("api.example.com", "/.well-known/oauth-protected-resource/mcp"));

        Assert.Equal(
            ["resource", "authorization_servers", "scopes_supported", "bearer_methods_supported", "resource_name"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("https://api.example.com/mcp", json.GetProperty("resource").GetString());
        Assert.Equal(["http://localhost"], Texts(json, "authorization_servers"));
        Assert.Equal(["mcp:use"], Texts(json, "scopes_supported"));
        Assert.Equal(["header"], Texts(json, "bearer_methods_supported"));
        Assert.Equal("The API", json.GetProperty("resource_name").GetString());

        var other = await AnswerAsync(At("files.example.com", "/.well-known/oauth-protected-resource"));
        Assert.Equal("https://files.example.com", other.GetProperty("resource").GetString());
        Assert.False(other.TryGetProperty("scopes_supported", out _));
    }

    [Theory]
    [InlineData("api.example.com", "/.well-known/oauth-protected-resource")]
    [InlineData("api.example.com", "/.well-known/oauth-protected-resource/other")]
    [InlineData("api.example.com", "/.well-known/oauth-protected-resource/mcp/")]
    [InlineData("other.example.com", "/.well-known/oauth-protected-resource/mcp")]
    [InlineData("localhost", "/.well-known/oauth-protected-resource/mcp")]
    public async Task Address_of_no_resource_describes_none(string host, string path)
    {
        using var answer = await SendAsync(At(host, path));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Hosts_of_resources_are_answered_nothing_else()
    {
        using var answer = await SendAsync(At("api.example.com", "/.well-known/oauth-authorization-server"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Documents_may_be_read_by_pages_of_any_origin()
    {
        using var request = At("api.example.com", "/.well-known/oauth-protected-resource/mcp");
        request.Headers.Add("Origin", "https://app.example.com");
        using var answer = await SendAsync(request);

        Assert.Equal("*", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
    }

    private static HttpRequestMessage At(string host, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        return request;
    }

    private static IEnumerable<string?> Texts(JsonElement json, string name) =>
        json.GetProperty(name).EnumerateArray().Select(item => item.GetString());

    private Task<JsonElement> JsonAsync(string path) => AnswerAsync(new HttpRequestMessage(HttpMethod.Get, path));
}

/// <summary>The same where the issuer has a path.</summary>
public sealed class IssuerPathTests(SharedSignet<IssuerPathTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<IssuerPathTests>>, ISharesSignet
{
    public static string[] Settings => ["--Signet:Issuer=http://localhost/auth-server"];

    [Theory]
    [InlineData("/.well-known/oauth-authorization-server/auth-server")]
    [InlineData("/.well-known/openid-configuration/auth-server")]
    [InlineData("/auth-server/.well-known/openid-configuration")]
    public async Task Document_is_where_an_issuer_with_a_path_has_it(string path)
    {
        var json = await AnswerAsync(new HttpRequestMessage(HttpMethod.Get, path));

        Assert.Equal("http://localhost/auth-server", json.GetProperty("issuer").GetString());
        Assert.Equal("http://localhost/auth-server/oauth/token", json.GetProperty("token_endpoint").GetString());
    }
}
