using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Grants;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Refresh;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth.Registration;

/// <summary>RFC 7592: a client reads, replaces and deletes its own registration, and nobody else's.</summary>
public sealed class RegistrationManagementTests(OpenRegistration open) : IClassFixture<OpenRegistration>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reading_gives_the_registration_without_its_secret()
    {
        var registered = await open.RegisterAsync(""","client_name":"Notes" """);

        using var answer = await SendAsync(HttpMethod.Get, registered.Path, registered.Token);
        var json = await TestHost.JsonOf(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("no-store", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.False(json.TryGetProperty("client_secret", out _));
        Assert.Equal(
            registered.Json.EnumerateObject().Where(member => member.Name != "client_secret").Select(member => member.ToString()),
            json.EnumerateObject().Select(member => member.ToString()));
    }

    [Fact]
    public async Task Nobody_reaches_another_registration_and_unknown_is_the_same_as_foreign()
    {
        var (mine, other, gone) = (await open.RegisterAsync(), await open.RegisterAsync(), await open.RegisterAsync());
        using var deleted = await SendAsync(HttpMethod.Delete, gone.Path, gone.Token);
        var minted = Assert.IsType<TokenIssueOutcome.Issued>(await open.Services.GetRequiredService<TokenIssuer>().IssueAsync(
            new TokenRequest { Kind = TokenKind.Access, Subject = other.Id, Client = other.Id, Who = TokenBuilder.Somebody }, Stop)).Token;
        var document = $$"""{"client_id":"{{other.Id}}","redirect_uris":["https://evil.example/cb"]}""";
        List<string> descriptions = [];
        foreach (var (path, token) in new[]
        {
            (other.Path, mine.Token), ("/oauth/register/client_unknown", mine.Token), (other.Path, minted), (other.Path, "x"),
            (gone.Path, mine.Token), (gone.Path, "x"),
            (other.Path, other.Json.GetProperty("client_secret").GetString()!),
        })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete })
            {
                using var answer = await SendAsync(method, path, token, method == HttpMethod.Put ? document : null);
                descriptions.Add(await OpenRegistration.AssertErrorAsync(answer, 401, "invalid_token"));
                Assert.Equal("Bearer realm=\"signet\", error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
            }
        }

        Assert.Single(descriptions.Distinct());
        Assert.Equal(["https://app.example.com/cb"], (await open.FindAsync(other.Id))!.RedirectUris);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Without_a_token_there_is_a_challenge_without_an_error(string method)
    {
        var registered = await open.RegisterAsync();

        using var answer = await SendAsync(new HttpMethod(method), registered.Path, null, method is "PUT" ? "{}" : null);

        await OpenRegistration.AssertErrorAsync(answer, 401, "invalid_token");
        Assert.Equal("Bearer realm=\"signet\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Registration_token_is_no_access_token()
    {
        var registered = await open.RegisterAsync();

        using var answer = await SendAsync(HttpMethod.Get, "/dashboard/tokens", registered.Token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Replacement_is_whole_and_renews_the_token()
    {
        var registered = await open.RegisterAsync(""","client_name":"Old","client_uri":"https://example.com/","scope":"mail" """);

        using var answer = await SendAsync(
            HttpMethod.Put,
            registered.Path,
            registered.Token,
            $$"""{"client_id":"{{registered.Id}}","client_name":"New","redirect_uris":["https://app.example.com/new"],"scope":"files:read admin"}""");
        var json = await TestHost.JsonOf(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(registered.Id, json.GetProperty("client_id").GetString());
        Assert.False(json.TryGetProperty("client_uri", out _) || json.TryGetProperty("client_secret", out _));
        var stored = (await open.FindAsync(registered.Id))!;
        Assert.Equal("New", stored.Name);
        Assert.Equal(["https://app.example.com/new"], stored.RedirectUris);
        Assert.Equal(["files:read"], stored.Scopes);
        Assert.Equal(ClientSecrets.Hash(registered.Json.GetProperty("client_secret").GetString()!), Assert.Single(stored.Secrets).Hash);
        var renewed = json.GetProperty("registration_access_token").GetString()!;
        Assert.NotEqual(registered.Token, renewed);
        using var old = await SendAsync(HttpMethod.Get, registered.Path, registered.Token);
        using var current = await SendAsync(HttpMethod.Get, registered.Path, renewed);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (old.StatusCode, current.StatusCode));
    }

    [Fact]
    public async Task Of_many_replacements_at_once_one_succeeds()
    {
        var registered = await open.RegisterAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => SendAsync(
            HttpMethod.Put,
            registered.Path,
            registered.Token,
            $$"""{"client_id":"{{registered.Id}}","redirect_uris":["https://app.example.com/{{number}}"]}""")));

        Assert.Single(answers, answer => answer.StatusCode is HttpStatusCode.OK);
        Assert.Equal(15, answers.Count(answer => answer.StatusCode is HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData("""{"redirect_uris":["https://app.example.com/cb"]}""", "invalid_client_metadata", "client_id must be")]
    [InlineData("""{"client_id":"client_other","redirect_uris":["https://app.example.com/cb"]}""", "invalid_client_metadata", "client_id must be")]
    [InlineData("""{"client_id":7,"redirect_uris":["https://app.example.com/cb"]}""", "invalid_client_metadata", "client_id must be")]
    [InlineData("""{"client_id":"ID","client_secret":"chosen","redirect_uris":["https://app.example.com/cb"]}""", "invalid_client_metadata", "client_secret must be")]
    [InlineData("""{"client_id":"ID","redirect_uris":["data:,x"]}""", "invalid_redirect_uri", "redirect_uris[0]")]
    [InlineData("""{"client_id":"ID"}""", "invalid_redirect_uri", "redirect_uris must hold")]
    [InlineData("""{"client_id":"ID","software_statement":"x"}""", "invalid_software_statement", "not taken")]
    [InlineData("[]", "invalid_client_metadata", "JSON object")]
    public async Task Replacement_that_is_not_acceptable_changes_nothing(string body, string error, string words)
    {
        var registered = await open.RegisterAsync();
        var before = await open.FindAsync(registered.Id);

        using var answer = await SendAsync(
            HttpMethod.Put, registered.Path, registered.Token, body.Replace("ID", registered.Id, StringComparison.Ordinal));

        Assert.Contains(words, await OpenRegistration.AssertErrorAsync(answer, 400, error), StringComparison.Ordinal);
        Assert.Equal(before!.Version, (await open.FindAsync(registered.Id))!.Version);
        using var still = await SendAsync(HttpMethod.Get, registered.Path, registered.Token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Replacement_that_is_no_document_changes_nothing()
    {
        var registered = await open.RegisterAsync();
        var before = await open.FindAsync(registered.Id);
        var good = $$"""{"client_id":"{{registered.Id}}","redirect_uris":["https://app.example.com/other"]}""";

        foreach (var (body, type, status, error) in new[]
        {
            (good, "text/plain", 400, "invalid_request"),
            (good, "application/x-www-form-urlencoded", 400, "invalid_request"),
            (good[..^1], "application/json", 400, "invalid_client_metadata"),
            ("", "application/json", 400, "invalid_client_metadata"),
            (good + new string(' ', 16 * 1024), "application/json", 413, "invalid_request"),
        })
        {
            using var answer = await OpenRegistration.SendAsync(
                open.Client, HttpMethod.Put, registered.Path, body, registered.Token, type);
            await OpenRegistration.AssertErrorAsync(answer, status, error);
        }

        Assert.Equal(before!.Version, (await open.FindAsync(registered.Id))!.Version);
        using var still = await SendAsync(HttpMethod.Get, registered.Path, registered.Token);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task Other_methods_are_405_with_those_that_there_are(string method)
    {
        using var answer = await SendAsync(new HttpMethod(method), "/oauth/register/client_x", "x", "{}");

        await OpenRegistration.AssertErrorAsync(answer, 405, "invalid_request");
        Assert.Equal(["DELETE", "GET", "PUT"], answer.Content.Headers.Allow.Except(["HEAD", "OPTIONS"]).Order());
    }

    [Fact]
    public async Task A_client_that_begins_or_ends_to_use_a_secret_gets_or_loses_it()
    {
        var registered = await open.RegisterAsync(""","token_endpoint_auth_method":"none" """);

        var (token, secret) = await ReplaceAsync(registered.Token, "client_secret_post");
        Assert.Matches("^sgt_cs_", secret);
        (token, var same) = await ReplaceAsync(token, "client_secret_basic", secret);
        Assert.Null(same);
        await ReplaceAsync(token, "none");
        Assert.Empty((await open.FindAsync(registered.Id))!.Secrets);

        async Task<(string Token, string? Secret)> ReplaceAsync(string with, string method, string? said = null)
        {
            var says = said is null ? "" : $",\"client_secret\":\"{said}\"";
            using var answer = await SendAsync(
                HttpMethod.Put,
                registered.Path,
                with,
                $$"""{"client_id":"{{registered.Id}}","redirect_uris":["https://app.example.com/cb"],"token_endpoint_auth_method":"{{method}}"{{says}}}""");
            var json = await TestHost.JsonOf(answer);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return (
                json.GetProperty("registration_access_token").GetString()!,
                json.TryGetProperty("client_secret", out var value) ? value.GetString() : null);
        }
    }

    [Fact]
    public async Task Deleting_ends_the_client_and_all_its_tokens_at_once()
    {
        var registered = await open.RegisterAsync(""","grant_types":["authorization_code","refresh_token"] """);
        var refresh = (await PairOfAsync(registered)).Refresh;
        var issued = Assert.IsType<TokenIssueOutcome.Issued>(await open.Services.GetRequiredService<TokenIssuer>().IssueAsync(
            new TokenRequest { Kind = TokenKind.Access, Subject = registered.Id, Client = registered.Id, Who = TokenBuilder.Somebody }, Stop));
        Assert.IsType<TokenVerdict.Accepted>(await JudgeAsync(issued.Token));

        using var answer = await SendAsync(HttpMethod.Delete, registered.Path, registered.Token);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.IsType<TokenVerdict.Refused>(await JudgeAsync(issued.Token));
        var tokens = open.Services.GetRequiredService<RefreshTokens>();
        Assert.True(tokens.IsRevoked((await tokens.FindAsync(refresh, Stop))!));
        using var used = await AskAsync("/oauth/token", registered, ("grant_type", "refresh_token"), ("refresh_token", refresh));
        await OpenRegistration.AssertErrorAsync(used, 401, "invalid_client");
        var left = (await open.FindAsync(registered.Id))!;
        Assert.Equal((ClientEndReason.Deleted, $"client:{registered.Id}"), (left.Ended!.Reason, left.Ended.By));
        using var again = await SendAsync(HttpMethod.Delete, registered.Path, registered.Token);
        Assert.Contains(
            "was deleted on", await OpenRegistration.AssertErrorAsync(again, 401, "invalid_token"), StringComparison.Ordinal);
        var entry = (await open.Services.GetRequiredService<AuditLog>().ListAsync(
            new AuditFilter(Action: "client.deleted", ObjectId: registered.Id), null, 1, Stop)).Items.Single().Entry;
        Assert.Equal($"client:{registered.Id}", entry.Who.Name);
    }

    [Fact]
    public async Task Self_registered_clients_see_no_tokens_of_others()
    {
        var registered = await open.RegisterAsync(""","may_introspect_all":true,"resources":["https://api.example.com"] """);
        using var replaced = await SendAsync(
            HttpMethod.Put,
            registered.Path,
            registered.Token,
            $$"""{"client_id":"{{registered.Id}}","redirect_uris":["https://app.example.com/cb"],"may_introspect_all":true}""");

        var stored = (await open.FindAsync(registered.Id))!;

        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.False(stored.MayIntrospectAll);
        Assert.Empty(stored.Resources);
        var other = await open.RegisterAsync(""","grant_types":["authorization_code","refresh_token"] """);
        var (access, refresh) = await PairOfAsync(other);
        foreach (var token in new[] { access, refresh, other.Token, registered.Token })
        {
            using var told = await AskAsync("/oauth/introspect", registered, ("token", token));
            Assert.Equal("""{"active":false}""", await told.Content.ReadAsStringAsync(Stop));
            using var revoked = await AskAsync("/oauth/revoke", registered, ("token", token));
            Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);
        }

        foreach (var token in new[] { access, refresh })
        {
            using var owner = await AskAsync("/oauth/introspect", other, ("token", token));
            Assert.True((await TestHost.JsonOf(owner)).GetProperty("active").GetBoolean());
        }
    }

    // What a person allowed it to have.
    private async Task<(string Access, string Refresh)> PairOfAsync(OpenRegistration.Registered client)
    {
        const string Callback = "https://app.example.com/cb";
        var verifier = new string('v', 43);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var code = await open.Services.GetRequiredService<AuthorizationCodes>().IssueAsync(
            new AuthorizationGrant(client.Id, Callback, challenge, "user:admin", "admin", ["mail"], null), Stop);
        using var answer = await AskAsync(
            "/oauth/token",
            client,
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", Callback),
            ("code_verifier", verifier));
        var json = await TestHost.JsonOf(answer);
        Assert.True(answer.IsSuccessStatusCode, json.ToString());
        return (json.GetProperty("access_token").GetString()!, json.GetProperty("refresh_token").GetString()!);
    }

    private Task<HttpResponseMessage> AskAsync(
        string path, OpenRegistration.Registered client, params (string Name, string Value)[] parameters) => open.Client.SendAsync(
        OAuthClients.Form(path, parameters).As(client.Id, client.Json.GetProperty("client_secret").GetString()!), Stop);

    private ValueTask<TokenVerdict> JudgeAsync(string token) => open.Services.GetRequiredService<TokenValidator>().ValidateAsync(
        token, new ValidationContext(), Stop);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, string? body = null) =>
        OpenRegistration.SendAsync(open.Client, method, path, body, token);
}
