using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth.Registration;

/// <summary>RFC 7591: what is asked, answered and refused where anybody may register.</summary>
public sealed class RegistrationEndpointTests(OpenRegistration open) : IClassFixture<OpenRegistration>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registered_client_is_answered_as_the_standard_says()
    {
        using var answer = await OpenRegistration.RegisterAsync(
            open.Client, """{"redirect_uris":["https://app.example.com/cb"],"client_name":"Notes","scope":"mail"}""");
        var json = await TestHost.JsonOf(answer);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        var (id, secret) = (json.GetProperty("client_id").GetString()!, json.GetProperty("client_secret").GetString()!);
        Assert.Matches("^client_[A-Za-z0-9_-]{22}$", id);
        Assert.Matches("^sgt_cs_[A-Za-z0-9_-]{43}$", secret);
        Assert.Matches("^sgt_rat_[A-Za-z0-9_-]{43}$", json.GetProperty("registration_access_token").GetString());
        Assert.Equal($"http://localhost/oauth/register/{id}", json.GetProperty("registration_client_uri").GetString());
        Assert.Equal(
            TimeSpan.FromDays(90).TotalSeconds,
            json.GetProperty("client_secret_expires_at").GetInt64() - json.GetProperty("client_id_issued_at").GetInt64());
        Assert.Equal("client_secret_basic", json.GetProperty("token_endpoint_auth_method").GetString());
        Assert.Equal("""["authorization_code"]""", json.GetProperty("grant_types").GetRawText());
        Assert.Equal("""["code"]""", json.GetProperty("response_types").GetRawText());
        Assert.Equal(("Notes", "mail", "web"), (Text(json, "client_name"), Text(json, "scope"), Text(json, "application_type")));
        var stored = (await open.FindAsync(id))!;
        Assert.Equal(
            (ClientOrigin.SelfRegistered, ClientState.Enabled, false), (stored.Origin, stored.State, stored.IsVerified));
        Assert.Equal(ClientSecrets.Hash(secret), Assert.Single(stored.Secrets).Hash);
    }

    [Fact]
    public async Task Public_client_on_a_device_gets_no_secret()
    {
        using var answer = await OpenRegistration.RegisterAsync(open.Client, """
            {"client_name":"Editor","redirect_uris":["http://127.0.0.1:33418/cb"],"grant_types":["authorization_code","refresh_token"],
             "response_types":["code"],"token_endpoint_auth_method":"none"}
            """);
        var json = await TestHost.JsonOf(answer);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.False(json.TryGetProperty("client_secret", out _));
        Assert.Equal(("none", "native"), (Text(json, "token_endpoint_auth_method"), Text(json, "application_type")));
        Assert.Empty((await open.FindAsync(Text(json, "client_id")!))!.Secrets);
    }

    [Fact]
    public async Task Everything_that_a_client_says_of_itself_comes_back()
    {
        const string Said = """
            "client_uri":"https://example.com/","logo_uri":"https://example.com/logo.png","tos_uri":"https://example.com/tos",
            "policy_uri":"https://example.com/policy","contacts":["ops@example.com"],"software_id":"abc","software_version":"1.2",
            "jwks_uri":"https://example.com/jwks"
            """;

        var json = (await open.RegisterAsync("," + Said)).Json;

        using var said = JsonDocument.Parse($"{{{Said}}}");
        Assert.All(said.RootElement.EnumerateObject(), member =>
            Assert.True(JsonElement.DeepEquals(member.Value, json.GetProperty(member.Name)), member.Name));
    }

    [Fact]
    public async Task Redirect_uris_are_kept_and_answered_exactly_as_they_were_sent()
    {
        const string Sent = "https://App.example.com:443/a//b?x=1&y=%2F&z=%7e";
        using var answer = await OpenRegistration.RegisterAsync(open.Client, $$"""{"redirect_uris":["{{Sent}}"]}""");
        var json = await TestHost.JsonOf(answer);

        Assert.Equal(Sent, json.GetProperty("redirect_uris")[0].GetString());
        Assert.Equal([Sent], (await open.FindAsync(Text(json, "client_id")!))!.RedirectUris);
    }

    [Fact]
    public async Task Members_that_are_unknown_or_nobodys_to_ask_for_are_neither_kept_nor_answered()
    {
        var registered = await open.RegisterAsync("""
            ,"client_id":"client_mine","client_secret":"chosen","client_id_issued_at":1,"client_secret_expires_at":0,
            "registration_access_token":"mine","registration_client_uri":"https://evil.example/","role":"administrator",
            "trusted":true,"skip_consent":true,"verified":true,"is_verified":true,"may_introspect_all":true,"state":"enabled",
            "access_token_lifetime":99999999,"extra_claims":{"sub":"admin"},"resources":["https://api.example.com"],
            "client_name#de":"Notizen","require_auth_time":true,"x":{"y":[1,2,3]}
            """);

        Assert.NotEqual("client_mine", registered.Id);
        Assert.Null(await open.FindAsync("client_mine"));
        string[] known =
        [
            "application_type", "client_id", "client_id_issued_at", "client_name", "client_secret", "client_secret_expires_at",
            "grant_types", "redirect_uris", "registration_access_token", "registration_client_uri", "response_types", "scope",
            "token_endpoint_auth_method",
        ];
        Assert.Equal(known, registered.Json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.NotEqual("chosen", Text(registered.Json, "client_secret"));
        Assert.NotEqual("mine", registered.Token);
        var stored = (await open.FindAsync(registered.Id))!;
        Assert.False(stored.IsVerified || stored.MayIntrospectAll);
        Assert.Empty(stored.Resources);
        Assert.Null(stored.ExtraClaims ?? (object?)stored.AccessTokenLifetime);
    }

    [Theory]
    [InlineData("", "files:* mail")]
    [InlineData("files:read files:write", "files:read files:write")]
    [InlineData("mail admin agent_management calendar", "mail")]
    [InlineData("admin", "")]
    [InlineData("admin:users *", "")]
    public async Task Scope_is_what_self_registered_clients_may_have_and_never_admin(string asked, string granted)
    {
        var registered = await open.RegisterAsync($",\"scope\":\"{asked}\"");

        Assert.Equal(granted, Text(registered.Json, "scope"));
        Assert.Equal(granted, string.Join(' ', (await open.FindAsync(registered.Id))!.Scopes));
    }

    [Theory]
    [InlineData("""{}""", "invalid_redirect_uri", "redirect_uris must hold an address")]
    [InlineData("""{"redirect_uris":[]}""", "invalid_redirect_uri", "redirect_uris must hold an address")]
    [InlineData("""{"redirect_uris":null}""", "invalid_redirect_uri", "redirect_uris must hold an address")]
    [InlineData("""{"redirect_uris":"https://app.example.com/cb"}""", "invalid_redirect_uri", "redirect_uris must be an array of strings")]
    [InlineData("""{"redirect_uris":[1]}""", "invalid_redirect_uri", "redirect_uris must be an array of strings")]
    [InlineData("""{"redirect_uris":["http://app.example.com/cb"]}""", "invalid_redirect_uri", "redirect_uris[0] must use https")]
    [InlineData("""{"redirect_uris":["javascript:alert(1)"]}""", "invalid_redirect_uri", "redirect_uris[0] must use https")]
    [InlineData("""{"redirect_uris":["https://app.example.com/#x"]}""", "invalid_redirect_uri", "fragment")]
    [InlineData("""{"redirect_uris":["http://127.0.0.1/"],"application_type":"web"}""", "invalid_redirect_uri", "only native clients")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"client_name":1}""", "invalid_client_metadata", "client_name must be a string")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"client_name":"a\u202eb"}""", "invalid_client_metadata", "client_name must not hold")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"client_name":"a\ud800"}""", "invalid_client_metadata", "")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"application_type":"desktop"}""", "invalid_client_metadata", "application_type must be")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"grant_types":["password"]}""", "invalid_client_metadata", "grant_types must hold only")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"grant_types":["implicit"]}""", "invalid_client_metadata", "grant_types must hold only")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"grant_types":[]}""", "invalid_client_metadata", "grant_types must not be empty")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"response_types":["token"]}""", "invalid_client_metadata", "response_types must be code")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"response_types":[]}""", "invalid_client_metadata", "response_types must be code")]
    [InlineData("""{"grant_types":["client_credentials"],"response_types":["code"]}""", "invalid_client_metadata", "response_types must be code")]
    [InlineData("""{"grant_types":["client_credentials"]}""", "invalid_client_metadata", "grant_types must hold authorization_code")]
    [InlineData("""{"grant_types":["client_credentials"],"token_endpoint_auth_method":"none"}""", "invalid_client_metadata", "client_credentials")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"token_endpoint_auth_method":"client_secret_jwt"}""", "invalid_client_metadata", "token_endpoint_auth_method must be")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"token_endpoint_auth_method":"private_key_jwt"}""", "invalid_client_metadata", "jwks must be given")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"jwks":"{}"}""", "invalid_client_metadata", "jwks must be an object")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"jwks":{"keys":[]}}""", "invalid_client_metadata", "jwks must be a JWK set")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"jwks":{"keys":[{"kty":"oct","k":"AA"}]}}""", "invalid_client_metadata", "public keys")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"jwks":{"keys":[]},"jwks_uri":"https://a.example/"}""", "invalid_client_metadata", "together")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"logo_uri":"http://a.example/"}""", "invalid_client_metadata", "logo_uri must use https")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"scope":["mail"]}""", "invalid_client_metadata", "scope must be a string")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"scope":"a\"b"}""", "invalid_client_metadata", "scope must hold")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"software_statement":"eyJhbGciOiJub25lIn0.e30."}""", "invalid_software_statement", "not taken")]
    [InlineData("""{"redirect_uris":["https://a.example/"],"software_statement":{}}""", "invalid_software_statement", "not taken")]
    public async Task What_is_not_acceptable_is_named_in_the_words_of_the_standard(string body, string error, string words)
    {
        using var answer = await OpenRegistration.RegisterAsync(open.Client, body);

        var description = await OpenRegistration.AssertErrorAsync(answer, 400, error);
        Assert.Contains(words, description, StringComparison.Ordinal);
        Assert.Empty(answer.Headers.WwwAuthenticate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("null")]
    [InlineData("""{"client_name":"a","client_name":"b"}""")]
    [InlineData("""{"redirect_uris":["https://a.example/"]} trailing""")]
    [InlineData("""{"redirect_uris":["https://a.example/"],}""")]
    [InlineData("""{/**/"redirect_uris":["https://a.example/"]}""")]
    [InlineData("""{"x":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}""")]
    public async Task Documents_that_are_not_strict_json_are_refused(string body)
    {
        using var answer = await OpenRegistration.RegisterAsync(open.Client, body);

        await OpenRegistration.AssertErrorAsync(answer, 400, "invalid_client_metadata");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/vnd.api+json")]
    [InlineData("text/json")]
    [InlineData(" ")]
    public async Task Only_json_is_a_document(string type)
    {
        using var answer = await OpenRegistration.SendAsync(
            open.Client, HttpMethod.Post, "/oauth/register", """{"redirect_uris":["https://a.example/"]}""", type: type);

        await OpenRegistration.AssertErrorAsync(answer, 400, "invalid_request");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Documents_of_more_than_16_KB_are_not_read(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/register")
        {
            Content = new StringContent($$"""{"x":"{{new string('a', 16 * 1024)}}"}""", null, "application/json"),
        };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await open.Client.SendAsync(request, Stop);

        await OpenRegistration.AssertErrorAsync(answer, 413, "invalid_request");

        // What is not read ends the connection: the next request must not be sent on it.
        Assert.True(answer.Headers.ConnectionClose);
    }

    [Fact]
    public async Task Addresses_of_this_machine_in_twenty_spellings_are_refused_and_never_called()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        string[] hosts =
        [
            "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "017700000001", "127.0.0.2",
            "localhost", "LOCALHOST", "localhost.", "app.localhost", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "0.0.0.0", "\u2488\u2488",
        ];
        foreach (var host in hosts)
        {
            foreach (var member in new[] { "jwks_uri", "logo_uri", "client_uri", "tos_uri", "policy_uri" })
            {
                using var answer = await OpenRegistration.RegisterAsync(
                    open.Client,
                    $$"""{"redirect_uris":["https://app.example.com/cb"],"{{member}}":"https://{{host}}:{{port}}/x"}""");
                var description = await OpenRegistration.AssertErrorAsync(answer, 400, "invalid_client_metadata");
                Assert.StartsWith(member, description, StringComparison.Ordinal);
            }
        }

        Assert.False(listener.Pending());
    }

    [Fact]
    public async Task Pages_of_other_sites_may_register_and_read_the_answer()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/oauth/register");
        preflight.Headers.Add("Origin", "https://app.example.com");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using var allowed = await open.Client.SendAsync(preflight, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/register") { Content = new StringContent("{}", null, "application/json") };
        request.Headers.Add("Origin", "https://app.example.com");
        using var answer = await open.Client.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Contains("POST", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.All(
            new[] { allowed, answer },
            each => Assert.Equal("*", each.Headers.GetValues("Access-Control-Allow-Origin").Single()));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Other_methods_are_405_with_those_that_there_are(string method)
    {
        using var answer = await OpenRegistration.SendAsync(open.Client, new HttpMethod(method), "/oauth/register", null);

        await OpenRegistration.AssertErrorAsync(answer, 405, "invalid_request");
        Assert.Contains("POST", answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task Registrations_and_refusals_are_events()
    {
        var registered = await open.RegisterAsync(""","client_name":"S\u0456gnet login" """);
        using var refused = await OpenRegistration.RegisterAsync(open.Client, """{"redirect_uris":["data:,x"]}""");
        var reference = refused.Headers.GetValues("X-Request-ID").Single();
        var events = open.Services.GetRequiredService<EventLog>();

        await Eventually.TrueAsync(async () => await events.FindByRequestAsync(reference, Stop) is not null);

        var refusal = (await events.FindByRequestAsync(reference, Stop))!;
        Assert.Equal(
            (EventKinds.RegistrationRefused, "invalid_redirect_uri", EventOutcome.Refused), (refusal.Kind, refusal.Code, refusal.Outcome));
        var item = (await events.ReadNewestAsync(EventKinds.ClientRegistered, 100, Stop)).Single(each => each.Client == registered.Id);
        Assert.EndsWith("Its name looks like Signet's own.", item.Detail, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
