using System.Globalization;
using System.Net;
using Dashboard.Core.Clients;
using Dashboard.Core.Events;
using Dashboard.OAuth;
using Dashboard.Tests.Unit.Clients.Authentication;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
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

    [Fact]
    public async Task Client_that_may_not_act_now_is_told_why_and_challenged()
    {
        var time = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var good = OAuthClients.Confidential();
        var gone = good with { Secrets = [], RedirectUris = [] };
        (Client Client, string Said)[] cases =
        [
            (good with { Id = "c_pending", State = ClientState.Pending }, "The registration of this client waits for the approval of an administrator."),
            (good with { Id = "c_expired", ExpiresAt = time }, "The registration of this client expired on 2025-01-01T00:00:00Z."),
            (gone with { Id = "c_rejected", Ended = new ClientEnding(ClientEndReason.Rejected, time, "anna") }, "The registration of this client was rejected on 2025-01-01T00:00:00Z."),
            (gone with { Id = "c_unused", Ended = new ClientEnding(ClientEndReason.Unused, time, "anna") }, "This client was removed on 2025-01-01T00:00:00Z because it was never used."),
            (gone with { Id = "c_over", Ended = new ClientEnding(ClientEndReason.Expired, time, "anna") }, "The registration of this client expired, and it was removed on 2025-01-01T00:00:00Z."),
        ];
        foreach (var (client, said) in cases)
        {
            await Signet.Services.AddAsync(client);
            using var answer = await SendAsync(Asking().As(client.Id));
            var json = await TestHost.JsonOf(answer);

            Assert.Equal((401, "invalid_client", said), ((int)answer.StatusCode, json.GetProperty("error").GetString(), json.GetProperty("error_description").GetString()));
            Assert.Equal("Basic", Assert.Single(answer.Headers.WwwAuthenticate).Scheme);
        }
    }

    [Fact]
    public async Task Every_refusal_leads_to_its_reason()
    {
        await Signet.Services.AddAsync(OAuthClients.Public());
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_codes") with { GrantTypes = [GrantTypes.AuthorizationCode] });
        using var unreadable = Asking();
        unreadable.Headers.TryAddWithoutValidation("Authorization", "Basic !");
        using var noForm = Asking().As("client_one");
        noForm.Content = new StringContent("{}", null, "application/json");
        using var inAddress = Asking().As("client_one");
        inAddress.RequestUri = new Uri("/oauth/token?code=x", UriKind.Relative);
        (HttpRequestMessage Request, string Kind, string Code, string? Client)[] cases =
        [
            (Asking().As("client_codes"), EventKinds.GrantRefused, "unauthorized_client", "client_codes"),
            (TokenForm(("grant_type", "refresh_token"), ("refresh_token", "x")).As("client_codes"), EventKinds.GrantRefused, "unauthorized_client", "client_codes"),
            (TokenForm(("grant_type", "password")).As("client_one"), EventKinds.RequestRefused, "unsupported_grant_type", "client_one"),
            (TokenForm().As("client_one"), EventKinds.RequestRefused, "invalid_request", "client_one"),
            (TokenForm(("grant_type", "authorization_code")).As("client_one"), EventKinds.RequestRefused, "invalid_request", "client_one"),
            (Asking(("scope", "files:read  files:write")).As("client_one"), EventKinds.GrantRefused, "invalid_scope", "client_one"),
            (Asking().As("client_one", Wrong), EventKinds.ClientRefused, "invalid_client", "client_one"),
            (Asking(), EventKinds.ClientRefused, "invalid_client", null),
            (unreadable, EventKinds.ClientRefused, "invalid_client", null),
            (noForm, EventKinds.RequestRefused, "invalid_request", null),
            (inAddress, EventKinds.RequestRefused, "invalid_request", null),
            (OAuthClients.Form("/oauth/revoke").As("client_one"), EventKinds.RequestRefused, "invalid_request", "client_one"),
            (OAuthClients.Form("/oauth/introspect", ("client_id", "client_public"), ("token", "x")), EventKinds.ClientRefused, "invalid_client", "client_public"),
        ];
        var events = Signet.Services.GetRequiredService<EventLog>();
        List<string> references = [];
        foreach (var (request, kind, code, client) in cases)
        {
            using var answer = await SendAsync(request);
            var json = await TestHost.JsonOf(answer);
            references.Add(json.GetProperty("request_id").GetString()!);
            SecurityEvent? found = null;
            await Eventually.TrueAsync(async () => (found = await events.FindByRequestAsync(references[^1], Stop)) is not null);

            Assert.Equal(code, json.GetProperty("error").GetString());
            Assert.Equal((kind, EventOutcome.Refused, code, client), (found!.Kind, found.Outcome, found.Code, found.Client));
            Assert.NotNull(found.Detail);
        }

        var recorded = await Task.WhenAll(cases.Select(item => item.Kind).Distinct(StringComparer.Ordinal)
            .Select(async kind => (await events.ListAsync(new EventFilter(Kind: kind), null, 100, Stop)).Items));
        Assert.Equal(references.Order(), recorded.SelectMany(items => items).Select(item => item.Origin.RequestId!).Where(references.Contains).Order());
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
    public static string[] Settings => ["--Throttling:Budgets:Tokens=3", "--Throttling:Budgets:Introspection=2"];

    [Fact]
    public async Task Refusals_of_an_address_come_to_an_end_in_the_familys_own_words()
    {
        for (var number = 0; number < 3; number++)
        {
            using var wrong = TokenForm(("grant_type", "client_credentials")).As("client_unknown");
            Assert.Equal(401, (await RefusalAsync(wrong)).Status);
        }

        await AssertSpentAsync(TokenForm(("grant_type", "client_credentials")).As("client_one"), 3);
        await AssertSpentAsync(OAuthClients.Form("/oauth/revoke", ("token", "x")).As("client_one"), 3);

        // Of another budget, and not of the same size.
        for (var number = 0; number < 2; number++)
        {
            using var wrong = OAuthClients.Form("/oauth/introspect", ("token", "x")).As("client_unknown");
            Assert.Equal(401, (await RefusalAsync(wrong)).Status);
        }

        await AssertSpentAsync(OAuthClients.Form("/oauth/introspect", ("token", "x")).As("client_one"), 2);
    }

    private async Task AssertSpentAsync(HttpRequestMessage request, int limit)
    {
        using var answer = await SendAsync(request);

        Assert.Equal(429, (int)answer.StatusCode);
        Assert.Equal("temporarily_unavailable", (await TestHost.JsonOf(answer)).GetProperty("error").GetString());
        Assert.True(answer.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal((limit, "0"), (int.Parse(Header("Limit"), CultureInfo.InvariantCulture), Header("Remaining")));
        Assert.True(long.Parse(Header("Reset"), CultureInfo.InvariantCulture) >= TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

        string Header(string name) => Assert.Single(answer.Headers.GetValues($"X-RateLimit-{name}"));
    }
}
