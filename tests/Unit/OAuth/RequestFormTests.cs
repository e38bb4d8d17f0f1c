using System.Net;
using System.Text;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>How requests to the endpoints that clients call must be written.</summary>
public sealed class RequestFormTests(SharedSignet<RequestFormTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<RequestFormTests>>, ISharesSignet
{
    private static readonly string[] Paths = ["/oauth/token", "/oauth/introspect", "/oauth/revoke", "/oauth/revocations", "/oauth/presentations"];

    public static string[] Settings => ["--Throttling:Budgets:Tokens=0", "--Throttling:Budgets:Introspection=0", "--Throttling:Budgets:ResourceServers=0"];

    [Theory]
    [InlineData("application/json", "{\"grant_type\":\"client_credentials\"}")]
    [InlineData("text/plain", "grant_type=client_credentials")]
    [InlineData("application/x-www-form-urlencoded-not", "grant_type=client_credentials")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\na\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\ncut off")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData(null, "grant_type=client_credentials")]
    [InlineData(null, "")]
    public async Task Body_that_is_no_form_is_an_invalid_request(string? type, string body)
    {
        foreach (var path in Paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            if (type is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            Assert.Equal((400, "invalid_request"), Short(await RefusalAsync(request.As("client_one"))));
        }
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Other_methods_are_told_which_one_there_is(string method)
    {
        foreach (var path in Paths)
        {
            using var answer = await SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

            Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
            Assert.Equal("POST", Assert.Single(answer.Content.Headers.Allow));
            Assert.Equal("invalid_request", (await TestHost.JsonOf(answer)).GetProperty("error").GetString());
        }
    }

    [Theory]
    [InlineData("client_secret")]
    [InlineData("client_assertion")]
    [InlineData("refresh_token")]
    [InlineData("code")]
    [InlineData("token")]
    public async Task Secret_in_the_address_is_refused(string name)
    {
        foreach (var path in Paths)
        {
            using var request = OAuthClients.Form($"{path}?{name}=x", ("grant_type", "client_credentials"), ("token", "x")).As("client_one");

            Assert.Equal((400, "invalid_request"), Short(await RefusalAsync(request)));
        }
    }

    [Fact]
    public async Task Parameters_of_the_address_are_not_read()
    {
        using var request = OAuthClients.Form("/oauth/token?grant_type=client_credentials").As("client_one");
        using var narrow = OAuthClients.Form("/oauth/token?scope=files:read", ("grant_type", "client_credentials")).As("client_one");
        using var named = OAuthClients.Form("/oauth/token?client_id=client_one", ("grant_type", "client_credentials"));

        Assert.Equal((400, "invalid_request", "The parameter grant_type is missing."), await RefusalAsync(request));
        Assert.Equal("files:read files:write", (await AnswerAsync(narrow)).GetProperty("scope").GetString());
        Assert.Equal((401, "invalid_client"), Short(await RefusalAsync(named)));
    }

    [Theory]
    [InlineData("grant_type")]
    [InlineData("scope")]
    [InlineData("resource")]
    [InlineData("code")]
    [InlineData("redirect_uri")]
    [InlineData("code_verifier")]
    [InlineData("refresh_token")]
    [InlineData("client_id")]
    [InlineData("client_secret")]
    [InlineData("client_assertion")]
    [InlineData("client_assertion_type")]
    [InlineData("token")]
    [InlineData("token_type_hint")]
    [InlineData("nobody_knows_it")]
    public async Task Parameter_that_is_given_twice_is_an_invalid_request(string name)
    {
        foreach (var path in Paths)
        {
            using var inBody = OAuthClients.Form(path, (name, "a"), (name, "a")).As("client_one");
            using var inQuery = OAuthClients.Form($"{path}?{name}=a&{name}=a").As("client_one");

            var refusal = await RefusalAsync(inBody);
            Assert.Equal((400, "invalid_request", "A parameter is given more than once."), refusal);
            Assert.Equal((400, "invalid_request"), Short(await RefusalAsync(inQuery)));
        }
    }

    [Theory]
    [InlineData("\"><script>alert(1)</script>")]
    [InlineData("password")]
    [InlineData("implicit")]
    [InlineData("urn:ietf:params:oauth:grant-type:device_code")]
    [InlineData("urn:ietf:params:oauth:grant-type:token-exchange")]
    [InlineData("urn:ietf:params:oauth:grant-type:jwt-bearer")]
    [InlineData("CLIENT_CREDENTIALS")]
    [InlineData("a\r\nSet-Cookie: x=y")]
    public async Task Grant_that_does_not_exist_is_refused_without_repeating_it(string grant)
    {
        using var request = TokenForm(("grant_type", grant)).As("client_one");

        Assert.Equal(
            (400, "unsupported_grant_type", "This grant_type does not exist here."), await RefusalAsync(request));
    }

    [Theory]
    [InlineData("%")]
    [InlineData("grant_type=%zz")]
    [InlineData("grant_type=%ff%fe")]
    [InlineData("=&&==")]
    [InlineData("grant_type=client_credentials&%00=%00")]
    public async Task Form_that_can_hardly_be_decoded_is_never_our_fault(string body)
    {
        foreach (var path in Paths)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded"),
            }.As("client_one");
            using var answer = await SendAsync(request);

            Assert.InRange((int)answer.StatusCode, 200, 499);
        }
    }

    [Fact]
    public async Task Body_beyond_64_kilobytes_is_refused()
    {
        using var request = TokenForm(("grant_type", new string('x', 65 * 1024))).As("client_one");

        Assert.Equal((413, "invalid_request"), Short(await RefusalAsync(request)));
    }

    [Fact]
    public async Task Parameter_without_a_value_is_not_there()
    {
        using var request = TokenForm(("grant_type", "client_credentials"), ("scope", ""), ("client_secret", ""), ("resource", "")).As("client_one");

        Assert.Equal("files:read files:write", (await AnswerAsync(request)).GetProperty("scope").GetString());
    }

    [Fact]
    public async Task Pages_of_any_origin_may_get_and_return_tokens_and_nothing_else()
    {
        foreach (var (path, isAllowed) in new[] { ("/oauth/token", true), ("/oauth/revoke", true), ("/oauth/introspect", false), ("/oauth/revocations", false) })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
            preflight.Headers.Add("Origin", "https://app.example.com");
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
            using var answer = await SendAsync(preflight);
            using var request = OAuthClients.Form(path).As("client_one");
            request.Headers.Add("Origin", "https://app.example.com");
            using var refusal = await SendAsync(request);

            Assert.Equal(isAllowed ? "*" : null, Allowed(answer));
            Assert.Equal(isAllowed ? "*" : null, Allowed(refusal));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }

        static string? Allowed(HttpResponseMessage answer) =>
            answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
    }

    private static (int Status, string Error) Short((int Status, string Error, string Description) refusal) => (refusal.Status, refusal.Error);
}
