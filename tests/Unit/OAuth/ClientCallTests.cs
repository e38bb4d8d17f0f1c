using System.Net;
using Dashboard.Core.Clients;
using Dashboard.OAuth;
using Dashboard.Tests.Unit.Clients.Authentication;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>How clients say who they are over HTTP, and what they are answered who cannot.</summary>
public sealed class ClientCallTests(SharedSignet<ClientCallTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<ClientCallTests>>, ISharesSignet
{
    private const string Wrong = "sgt_cs_wrong-0123456789abcdefghijklmnopqrstuvwxyz-";

    public static string[] Settings => ["--Throttling:Budgets:Tokens=0"];

    [Fact]
    public async Task Secret_in_the_body_works_as_it_does_in_the_header()
    {
        using var request = Asking(("client_id", "client_one"), ("client_secret", OAuthClients.Secret));

        Assert.Equal("Bearer", (await AnswerAsync(request)).GetProperty("token_type").GetString());
    }

    [Fact]
    public async Task Id_beside_the_header_must_be_the_same()
    {
        using var same = Asking(("client_id", "client_one")).As("client_one");
        using var other = Asking(("client_id", "client_two")).As("client_one");

        Assert.Equal("Bearer", (await AnswerAsync(same)).GetProperty("token_type").GetString());
        Assert.Equal((400, "invalid_request"), Short(await RefusalAsync(other)));
    }

    [Fact]
    public async Task Two_ways_of_authentication_are_an_invalid_request()
    {
        (string, string)[] secret = [("client_id", "client_one"), ("client_secret", OAuthClients.Secret)];
        (string, string)[] assertion = [("client_assertion", "x"), ("client_assertion_type", SignedAssertion.Type)];
        HttpRequestMessage[] requests =
            [Asking(secret).As("client_one"), Asking(assertion).As("client_one"), Asking([.. secret, .. assertion])];

        foreach (var request in requests)
        {
            Assert.Equal(
                (400, "invalid_request", "More than one way of client authentication is used."), await RefusalAsync(request));
        }
    }

    [Fact]
    public async Task Two_headers_are_an_invalid_request()
    {
        var context = new DefaultHttpContext();
        context.Request.ContentType = "application/x-www-form-urlencoded";
        context.Request.Headers.Authorization = new StringValues(["Basic b25lOnR3bw==", "Basic b25lOnR3bw=="]);
        var (form, _) = await OAuthForm.ReadAsync(context.Request, Stop);

        var refusal = CallerCredentials.FaultOf(context.Request, form!, out _);

        Assert.Equal(400, (refusal as IStatusCodeHttpResult)?.StatusCode);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !")]
    [InlineData("Basic b25l")]
    [InlineData("Basic b25lOiV6eg==")]
    [InlineData("Basic  b25lOnR3bw==")]
    [InlineData("Bearer abc")]
    [InlineData("Digest username=x")]
    public async Task Header_that_cannot_be_read_is_challenged(string header)
    {
        using var request = Asking();
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var answer = await SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Basic realm=\"signet\", charset=\"UTF-8\"", Assert.Single(answer.Headers.GetValues("WWW-Authenticate")));
        Assert.Equal("invalid_client", (await TestHost.JsonOf(answer)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task Unknown_client_wrong_secret_and_disabled_client_get_the_same_answer()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_disabled") with { State = ClientState.Disabled });
        List<string> answers = [];
        foreach (var (id, secret) in new[] { ("client_unknown", Wrong), ("client_one", Wrong), ("client_disabled", OAuthClients.Secret) })
        {
            using var inHeader = Asking().As(id, secret);
            using var inBody = Asking(("client_id", id), ("client_secret", secret));
            answers.Add(await TextOfAsync(inHeader));
            answers.Add(await TextOfAsync(inBody));
        }

        Assert.Single(answers.Distinct(StringComparer.Ordinal));
        Assert.StartsWith("401 ", answers[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_without_a_client_or_with_half_of_one_says_what_is_missing()
    {
        using var nobody = Asking();
        using var nameless = Asking(("client_secret", OAuthClients.Secret));
        using var untyped = Asking(("client_assertion", "x"));
        using var empty = Asking(("client_assertion_type", SignedAssertion.Type));
        using var foreign = Asking(("client_assertion", "x"), ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:saml2-bearer"));

        Assert.Equal((401, "invalid_client", "The client must say who it is."), await RefusalAsync(nobody));
        Assert.Equal((400, "invalid_request", "The parameter client_id is missing."), await RefusalAsync(nameless));
        Assert.Equal((400, "invalid_request", "The parameter client_assertion_type is missing."), await RefusalAsync(untyped));
        Assert.Equal((400, "invalid_request", "The parameter client_assertion is missing."), await RefusalAsync(empty));
        Assert.Equal((401, "invalid_client", "The client_assertion_type is not supported."), await RefusalAsync(foreign));
    }

    [Fact]
    public async Task Client_that_signs_gets_a_token_once_for_each_assertion()
    {
        using var key = new SignedAssertion();
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_signs") with
        {
            AuthMethod = ClientAuthMethod.PrivateKeyJwt,
            Secrets = [],
            Details = ClientDetails.None with { Jwks = key.Jwks },
        });
        var jwt = key.Sign("client_signs", "http://localhost", TimeProvider.System.GetUtcNow());
        using var first = Asking(("client_assertion", jwt), ("client_assertion_type", SignedAssertion.Type));
        using var second = Asking(("client_assertion", jwt), ("client_assertion_type", SignedAssertion.Type));

        Assert.Equal("Bearer", (await AnswerAsync(first)).GetProperty("token_type").GetString());
        Assert.Equal((401, "invalid_client"), Short(await RefusalAsync(second)));
    }

    [Fact]
    public async Task Client_that_is_gone_is_told_what_became_of_it()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_gone") with
        {
            Secrets = [],
            RedirectUris = [],
            Ended = new ClientEnding(ClientEndReason.Deleted, new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), "anna"),
        });
        using var request = Asking().As("client_gone");

        Assert.Equal((401, "invalid_client", "This client was deleted on 2025-01-01T00:00:00Z."), await RefusalAsync(request));
    }

    private static HttpRequestMessage Asking(params (string Name, string Value)[] more) =>
        TokenForm([("grant_type", "client_credentials"), .. more]);

    // Everything that could tell answers apart, without what differs in each of them.
    private async Task<string> TextOfAsync(HttpRequestMessage request)
    {
        using var answer = await SendAsync(request);
        var json = await TestHost.JsonOf(answer);
        var headers = answer.Headers.Where(header => header.Key is not ("Date" or "X-Request-ID"))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}");
        return $"{(int)answer.StatusCode} {string.Join('\n', headers)} {json.GetProperty("error")} {json.GetProperty("error_description")}";
    }

    private static (int Status, string Error) Short((int Status, string Error, string Description) refusal) => (refusal.Status, refusal.Error);
}

/// <summary>What one address may cost at these endpoints.</summary>
public sealed class ClientCallBudgetTests(SharedSignet<ClientCallBudgetTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<ClientCallBudgetTests>>, ISharesSignet
{
    public static string[] Settings => ["--Throttling:Budgets:Tokens=3"];

    [Fact]
    public async Task Refusals_of_an_address_come_to_an_end_in_the_familys_own_words()
    {
        for (var number = 0; number < 3; number++)
        {
            using var wrong = TokenForm(("grant_type", "client_credentials")).As("client_unknown");
            Assert.Equal(401, (await RefusalAsync(wrong)).Status);
        }

        using var request = TokenForm(("grant_type", "client_credentials")).As("client_one");
        var (status, error, _) = await RefusalAsync(request);

        Assert.Equal((429, "temporarily_unavailable"), (status, error));
    }
}
