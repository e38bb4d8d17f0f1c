using System.Net;
using System.Net.Http.Headers;
using Dashboard.Core.Audit;
using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth.Registration;

/// <summary>Who may register, and how many.</summary>
public sealed class RegistrationPolicyTests
{
    private const string Document = """{"redirect_uris":["https://app.example.com/cb"]}""";

    private static readonly Actor Command = Actor.OfCommand("test");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task By_default_nobody_registers_without_an_initial_access_token()
    {
        await using var signet = await OpenRegistration.StartAsync();
        var once = await OpenRegistration.NewTokenAsync(signet, uses: 1);

        using (var nothing = await OpenRegistration.RegisterAsync(signet.Client, Document))
        {
            await OpenRegistration.AssertErrorAsync(nothing, 401, "invalid_token");
            Assert.Equal("Bearer realm=\"signet\"", nothing.Headers.WwwAuthenticate.ToString());
        }

        foreach (var wrong in new[] { once[..^1], once + "x", "sgt_iat_", "x" })
        {
            using var refused = await OpenRegistration.RegisterAsync(signet.Client, Document, wrong);
            await OpenRegistration.AssertErrorAsync(refused, 401, "invalid_token");
            Assert.Equal("Bearer realm=\"signet\", error=\"invalid_token\"", refused.Headers.WwwAuthenticate.ToString());
        }

        // What is refused for its contents costs no use.
        using var bad = await OpenRegistration.RegisterAsync(signet.Client, "{}", once);
        using var good = await OpenRegistration.RegisterAsync(signet.Client, Document, once);
        using var again = await OpenRegistration.RegisterAsync(signet.Client, Document, once);

        await OpenRegistration.AssertErrorAsync(bad, 400, "invalid_redirect_uri");
        Assert.Equal(HttpStatusCode.Created, good.StatusCode);
        await OpenRegistration.AssertErrorAsync(again, 401, "invalid_token");
        var id = (await TestHost.JsonOf(good)).GetProperty("client_id").GetString()!;
        var client = await signet.Services.GetRequiredService<ClientDirectory>().FindAsync(id, Stop);
        Assert.Equal("Partners", client!.CreatedBy);
    }

    [Theory]
    [InlineData("Basic", "eDp5")]
    [InlineData("DPoP", "x")]
    [InlineData("Bearer", "a, Bearer b")]
    public async Task Other_credentials_are_no_bearer_token_even_where_none_is_needed(string scheme, string value)
    {
        await using var signet = await OpenRegistration.StartAsync("--Registration:Mode=open");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oauth/register") { Content = new StringContent(Document, null, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue(scheme, value);
        using var answer = await signet.Client.SendAsync(request, Stop);

        await OpenRegistration.AssertErrorAsync(answer, 401, "invalid_token");
    }

    [Fact]
    public async Task Switched_off_nobody_registers_whatever_they_have()
    {
        await using var signet = await OpenRegistration.StartAsync("--Registration:Mode=off");
        var token = await OpenRegistration.NewTokenAsync(signet, uses: null);

        foreach (var given in new[] { null, token })
        {
            using var answer = await OpenRegistration.RegisterAsync(signet.Client, Document, given);
            await OpenRegistration.AssertErrorAsync(answer, 403, "access_denied");
        }
    }

    [Fact]
    public async Task Where_people_approve_a_stranger_waits_and_whoever_has_a_token_does_not()
    {
        await using var signet = await OpenRegistration.StartAsync("--Registration:Mode=approval");
        var token = await OpenRegistration.NewTokenAsync(signet, uses: 1);

        Assert.Equal(ClientState.Pending, await StateOfNewAsync(null));
        Assert.Equal(ClientState.Enabled, await StateOfNewAsync(token));

        async Task<ClientState> StateOfNewAsync(string? given)
        {
            using var answer = await OpenRegistration.RegisterAsync(signet.Client, Document, given);
            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            var id = (await TestHost.JsonOf(answer)).GetProperty("client_id").GetString()!;
            return (await signet.Services.GetRequiredService<ClientDirectory>().FindAsync(id, Stop))!.State;
        }
    }

    [Fact]
    public async Task Stranger_gets_no_tokens_of_its_own_and_whoever_has_a_token_does()
    {
        const string Wide = """{"redirect_uris":["https://app.example.com/cb"],"grant_types":["authorization_code","client_credentials"]}""";
        await using var signet = await OpenRegistration.StartAsync("--Registration:Mode=open");
        var token = await OpenRegistration.NewTokenAsync(signet, uses: null);

        Assert.Equal(("authorization_code", 400, "unauthorized_client"), await RegisterAndAskAsync(null));
        Assert.Equal(("authorization_code client_credentials", 200, null), await RegisterAndAskAsync(token));

        async Task<(string Grants, int Status, string? Error)> RegisterAndAskAsync(string? given)
        {
            using var registered = await OpenRegistration.RegisterAsync(signet.Client, Wide, given);
            var json = await TestHost.JsonOf(registered);
            using var answer = await signet.Client.SendAsync(
                OAuthClients.Form("/oauth/token", ("grant_type", "client_credentials"))
                    .As(json.GetProperty("client_id").GetString()!, json.GetProperty("client_secret").GetString()!),
                Stop);
            var said = await TestHost.JsonOf(answer);
            return (
                string.Join(' ', json.GetProperty("grant_types").EnumerateArray().Select(item => item.GetString())),
                (int)answer.StatusCode,
                said.TryGetProperty("error", out var error) ? error.GetString() : null);
        }
    }

    [Fact]
    public async Task Initial_access_token_that_expired_or_was_revoked_is_refused_like_one_that_is_unknown()
    {
        await using var signet = await OpenRegistration.StartAsync();
        var (taken, revoked, usedUp) = (
            await OpenRegistration.NewTokenAsync(signet, uses: null),
            await OpenRegistration.NewTokenAsync(signet, uses: null),
            await OpenRegistration.NewTokenAsync(signet, uses: 1));
        Assert.True(await signet.Services.GetRequiredService<InitialAccessTokens>().RevokeAsync(IdOf(taken), "over", Command, Stop));
        Assert.IsType<TokenRevocationOutcome.Revoked>(await signet.Services.GetRequiredService<TokenRevocations>()
            .RevokeAsync(IdOf(revoked), "leaked", Command, RequestOrigin.None, Stop));
        using var used = await OpenRegistration.RegisterAsync(signet.Client, Document, usedUp);
        var now = TimeProvider.System.GetUtcNow();
        await signet.Services.GetRequiredService<IInitialAccessTokenStore>().AddAsync(
            new InitialAccessToken
            {
                Id = IdOf("sgt_iat_expired"),
                Label = "Expired",
                Hash = InitialAccessToken.HashOf("sgt_iat_expired"),
                CreatedBy = "admin",
                CreatedAt = now.AddDays(-2),
                ExpiresAt = now.AddDays(-1),
            },
            new AuditEntry(Command, "initial_access_token.created", "initial_access_token", "test"),
            Stop);
        HashSet<string> descriptions = new(StringComparer.Ordinal);

        foreach (var token in new[] { taken, revoked, usedUp, "sgt_iat_expired", "sgt_iat_unknown" })
        {
            using var answer = await OpenRegistration.RegisterAsync(signet.Client, Document, token);
            descriptions.Add(await OpenRegistration.AssertErrorAsync(answer, 401, "invalid_token"));
            Assert.Equal("Bearer realm=\"signet\", error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
        }

        Assert.Equal(HttpStatusCode.Created, used.StatusCode);
        Assert.Single(descriptions);

        static string IdOf(string token) => InitialAccessToken.IdOf(InitialAccessToken.HashOf(token));
    }

    [Fact]
    public async Task A_hundred_at_once_are_too_many_for_one_address()
    {
        await using var signet = await OpenRegistration.StartAsync(
            "--Registration:Mode=open", "--Throttling:Budgets:Registration=60", "--Throttling:Budgets:Tokens=2");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => OpenRegistration.RegisterAsync(signet.Client, Document)));

        Assert.Equal(60, answers.Count(answer => answer.StatusCode is HttpStatusCode.Created));
        foreach (var answer in answers.Where(answer => answer.StatusCode is not HttpStatusCode.Created))
        {
            await AssertTooManyAsync(answer);
        }

        // Those who manage a registration pay for what is refused.
        foreach (var status in new[] { 401, 401, 429 })
        {
            using var answer = await OpenRegistration.SendAsync(signet.Client, HttpMethod.Get, "/oauth/register/client_x", null, "x");
            Assert.Equal(status, (int)answer.StatusCode);
            if (status is 429)
            {
                await AssertTooManyAsync(answer);
            }
        }
    }

    [Fact]
    public async Task Strangers_together_register_so_many_and_whoever_has_a_token_still_does()
    {
        await using var signet = await OpenRegistration.StartAsync("--Registration:Mode=open", "--Throttling:Budgets:AllRegistrations=3");
        var token = await OpenRegistration.NewTokenAsync(signet, uses: null);

        // What is refused registers nobody, and takes no place.
        using var bad = await OpenRegistration.RegisterAsync(signet.Client, "{}");
        var strangers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenRegistration.RegisterAsync(signet.Client, Document)));
        using var invited = await OpenRegistration.RegisterAsync(signet.Client, Document, token);

        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal(3, strangers.Count(answer => answer.StatusCode is HttpStatusCode.Created));
        foreach (var answer in strangers.Where(answer => answer.StatusCode is not HttpStatusCode.Created))
        {
            await AssertTooManyAsync(answer);
        }

        Assert.Equal(HttpStatusCode.Created, invited.StatusCode);
    }

    [Fact]
    public async Task While_the_store_is_away_nobody_is_registered_changed_or_known()
    {
        var isAway = false;
        await using var signet = await WholeSignet.StartAsync(
            services => AwayStore.Insert<IClientStore>(services, () => isAway), "--Registration:Mode=open");
        using var registered = await OpenRegistration.RegisterAsync(signet.Client, Document);
        var json = await TestHost.JsonOf(registered);
        var (id, token) = (json.GetProperty("client_id").GetString()!, json.GetProperty("registration_access_token").GetString());
        var (path, secret) = ($"/oauth/register/{id}", json.GetProperty("client_secret").GetString()!);
        var replacement = $$"""{"client_id":"{{id}}","redirect_uris":["https://app.example.com/cb"]}""";

        isAway = true;

        HttpResponseMessage[] answers =
        [
            await OpenRegistration.RegisterAsync(signet.Client, Document),
            await OpenRegistration.SendAsync(signet.Client, HttpMethod.Get, path, null, token),
            await OpenRegistration.SendAsync(signet.Client, HttpMethod.Put, path, replacement, token),
            await OpenRegistration.SendAsync(signet.Client, HttpMethod.Delete, path, null, token),
            await signet.Client.SendAsync(
                OAuthClients.Form("/oauth/token", ("grant_type", "authorization_code")).As(id, secret), Stop),
        ];

        foreach (var answer in answers)
        {
            await OpenRegistration.AssertErrorAsync(answer, 503, "temporarily_unavailable");
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        }

        isAway = false;
        using var again = await OpenRegistration.SendAsync(signet.Client, HttpMethod.Get, path, null, token);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    private static async Task AssertTooManyAsync(HttpResponseMessage answer)
    {
        await OpenRegistration.AssertErrorAsync(answer, 429, "temporarily_unavailable");
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }
}
