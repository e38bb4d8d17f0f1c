using System.Net;
using System.Net.Http.Headers;
using Dashboard.Core.Access;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>Who is told what about a token (RFC 7662), over HTTP.</summary>
public sealed class IntrospectionCallTests(SharedSignet<IntrospectionCallTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<IntrospectionCallTests>>, ISharesSignet
{
    public static string[] Settings =>
        ["--Throttling:Budgets:Introspection=0", "--OAuth:ProtectedResources:0:Resource=https://api.example.com/mcp"];

    [Fact]
    public async Task Client_is_told_all_about_its_own_token()
    {
        var token = await GetTokenAsync();

        using var answer = await SendAsync(Asking(token).As("client_one"));

        var json = await TestHost.JsonOf(answer);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal(
            ["active", "scope", "client_id", "token_type", "exp", "iat", "nbf", "sub", "aud", "iss", "jti"],
            json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            (true, "files:read files:write", "client_one", "Bearer", "client_one", "signet", "http://localhost"),
            (json.GetProperty("active").GetBoolean(), Text("scope"), Text("client_id"), Text("token_type"), Text("sub"), Text("aud"), Text("iss")));

        string? Text(string name) => json.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Token_of_a_person_names_them_and_its_refresh_token_has_no_type()
    {
        var (access, refresh) = await GetPairAsync();

        var first = await AnswerAsync(Asking(access).As("client_one"));
        var second = await AnswerAsync(Asking(refresh, ("token_type_hint", "access_token")).As("client_one"));

        Assert.Equal(("user:admin", "admin"), (first.GetProperty("sub").GetString(), first.GetProperty("username").GetString()));
        Assert.True(second.GetProperty("active").GetBoolean());
        Assert.False(second.TryGetProperty("token_type", out _));
    }

    [Fact]
    public async Task Foreign_client_is_told_nothing_unless_the_token_is_for_it_or_it_may_ask_about_all()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_foreign"));
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_caller") with { Resources = ["https://api.example.com/mcp"] });
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_api") with { Audiences = ["https://api.example.com/mcp"] });
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_all") with { MayIntrospectAll = true });
        var token = await GetTokenAsync("client_one", ("resource", "https://api.example.com/mcp"));

        Assert.Equal("{\"active\":false}", await TextAsync(Asking(token).As("client_foreign")));
        Assert.Equal("{\"active\":false}", await TextAsync(Asking(token).As("client_caller")));
        Assert.True((await AnswerAsync(Asking(token).As("client_api"))).GetProperty("active").GetBoolean());
        Assert.True((await AnswerAsync(Asking(token).As("client_all"))).GetProperty("active").GetBoolean());
    }

    [Fact]
    public async Task Of_a_token_that_is_not_active_nothing_else_is_said()
    {
        var revoked = await GetTokenAsync();
        using var revocation = await SendAsync(OAuthClients.Form("/oauth/revoke", ("token", revoked)).As("client_one"));
        var forged = ForgedCopy(await GetTokenAsync());

        foreach (var token in new[] { revoked, forged, "x", "a.b.c", "sgt_rt_unknown", new string('x', 20_000) })
        {
            Assert.Equal("{\"active\":false}", await TextAsync(Asking(token).As("client_one")));
        }
    }

    [Fact]
    public async Task Nobody_is_told_anything_who_does_not_prove_who_they_are()
    {
        await Signet.Services.AddAsync(OAuthClients.Public());
        var token = await GetTokenAsync();
        using var byToken = Asking(token);
        byToken.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal((401, "invalid_client"), Short(await RefusalAsync(Asking(token))));
        Assert.Equal((401, "invalid_client"), Short(await RefusalAsync(Asking(token, ("client_id", "client_public")))));
        Assert.Equal((401, "invalid_client"), Short(await RefusalAsync(Asking(token).As("client_one", "wrong-secret-0123456789"))));

        // A token does not speak about itself.
        Assert.Equal((401, "invalid_token"), Short(await RefusalAsync(byToken)));
    }

    [Fact]
    public async Task Operator_may_ask_with_the_token_of_the_api_and_with_nothing_beside_it()
    {
        var bearer = await Signet.LogInAsync(await Signet.AddOperatorAsync("olga", Roles.Support));
        var token = await GetTokenAsync();

        Assert.Equal("client_one", (await AnswerAsync(As(Asking(token)))).GetProperty("client_id").GetString());
        Assert.Equal(
            (400, "invalid_request"),
            Short(await RefusalAsync(As(Asking(token, ("client_id", "client_one"), ("client_secret", OAuthClients.Secret))))));
        Assert.Equal((400, "invalid_request", "The parameter token is missing."), await RefusalAsync(As(OAuthClients.Form("/oauth/introspect"))));

        HttpRequestMessage As(HttpRequestMessage request)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            request.Headers.Add("X-Client-Fingerprint", WholeSignet.Fingerprint);
            return request;
        }
    }

    [Fact]
    public async Task Cookie_of_a_session_asks_nothing()
    {
        using var request = Asking(await GetTokenAsync());
        request.Headers.Add("Cookie", await Signet.SignInAsync(await Signet.AddOperatorAsync("otto", Roles.Administrator)));
        using var answer = await SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Token_that_is_missing_is_an_invalid_request() => Assert.Equal(
        (400, "invalid_request", "The parameter token is missing."),
        await RefusalAsync(OAuthClients.Form("/oauth/introspect").As("client_one")));

    private static HttpRequestMessage Asking(string token, params (string Name, string Value)[] more) =>
        OAuthClients.Form("/oauth/introspect", [("token", token), .. more]);

    private static string ForgedCopy(string token) => token[..^8] + (token[^8] is 'A' ? "BAAAAAAA" : "AAAAAAAA");

    private async Task<string> TextAsync(HttpRequestMessage request)
    {
        using var answer = await SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }

    private static (int Status, string Error) Short((int Status, string Error, string Description) refusal) => (refusal.Status, refusal.Error);
}
