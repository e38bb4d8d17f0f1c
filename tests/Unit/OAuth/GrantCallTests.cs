using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>Tokens for clients, over HTTP.</summary>
public sealed class GrantCallTests(SharedSignet<GrantCallTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<GrantCallTests>>, ISharesSignet
{
    public static string[] Settings =>
    [
        "--Throttling:Budgets:Tokens=0",
        "--OAuth:ProtectedResources:0:Resource=https://api.example.com/mcp",
        "--OAuth:ProtectedResources:1:Resource=https://other.example.com",
    ];

    [Fact]
    public async Task Client_gets_a_token_of_its_own_with_the_headers_that_secrets_need()
    {
        using var answer = await SendAsync(TokenForm(("grant_type", "client_credentials"), ("scope", "files:read")).As("client_one"));
        var json = await TestHost.JsonOf(answer);

        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Equal("application/json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(
            ["access_token", "token_type", "expires_in", "scope"], json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Bearer", 3600, "files:read"), (
            json.GetProperty("token_type").GetString(),
            json.GetProperty("expires_in").GetInt32(),
            json.GetProperty("scope").GetString()));
        Assert.True(await IsActiveAsync(json.GetProperty("access_token").GetString()!));
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("*")]
    [InlineData("files:*")]
    [InlineData("files:read admin")]
    [InlineData("files:read  files:write")]
    [InlineData(" files:read")]
    [InlineData("files:read,files:write")]
    [InlineData("files:read\tfiles:write")]
    [InlineData("files:read\r\nadmin")]
    [InlineData("files:\"read\"")]
    [InlineData("fil\u00e9s:read")]
    public async Task Scope_that_the_client_may_not_have_or_that_is_none_is_refused(string scope)
    {
        using var request = TokenForm(("grant_type", "client_credentials"), ("scope", scope)).As("client_one");

        Assert.Equal((400, "invalid_scope"), Short(await RefusalAsync(request)));
    }

    [Fact]
    public async Task Scope_of_too_many_characters_or_items_is_refused()
    {
        using var longer = TokenForm(("grant_type", "client_credentials"), ("scope", new string('x', 1_001))).As("client_one");
        using var more = TokenForm(
            ("grant_type", "client_credentials"), ("scope", string.Join(' ', Enumerable.Range(0, 51)))).As("client_one");

        Assert.Equal((400, "invalid_scope"), Short(await RefusalAsync(longer)));
        Assert.Equal((400, "invalid_scope"), Short(await RefusalAsync(more)));
    }

    [Fact]
    public async Task Resource_becomes_the_audience_and_must_be_one_of_the_clients()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_narrow") with { Resources = ["https://api.example.com/mcp"] });
        var token = await GetTokenAsync("client_narrow", ("resource", "https://api.example.com/mcp"));
        Assert.Contains("https://api.example.com/mcp", Payload(token), StringComparison.Ordinal);

        foreach (var resource in new[] { "https://other.example.com", "https://api.example.com/mcp#x", "mcp", "https://api.example.com/mcp/" })
        {
            using var request = TokenForm(("grant_type", "client_credentials"), ("resource", resource)).As("client_narrow");
            Assert.Equal((400, "invalid_target"), Short(await RefusalAsync(request)));
        }
    }

    [Fact]
    public async Task Grant_that_a_client_is_not_registered_for_is_refused_to_it()
    {
        foreach (var grant in GrantTypes.All)
        {
            await Signet.Services.AddAsync(OAuthClients.Confidential($"without_{grant}") with
            {
                GrantTypes = [.. GrantTypes.All.Where(other => other != grant)],
            });
            using var request = TokenForm(
                ("grant_type", grant), ("code", "x"), ("redirect_uri", Callback), ("refresh_token", "sgt_rt_x")).As($"without_{grant}");

            Assert.Equal((400, "unauthorized_client"), Short(await RefusalAsync(request)));
        }
    }

    [Fact]
    public async Task Public_client_gets_no_token_of_its_own_however_it_is_registered()
    {
        await Signet.Services.AddAsync(OAuthClients.Public() with { GrantTypes = GrantTypes.All });
        using var request = TokenForm(("grant_type", "client_credentials"), ("client_id", "client_public"));

        Assert.Equal((400, "unauthorized_client"), Short(await RefusalAsync(request)));
    }

    [Fact]
    public async Task Code_gives_a_pair_once_and_its_second_use_takes_the_pair_back()
    {
        var code = await GetCodeAsync();
        var answer = await AnswerAsync(Redeeming(code).As("client_one"));
        var (access, refresh) = (answer.GetProperty("access_token").GetString()!, answer.GetProperty("refresh_token").GetString()!);
        Assert.True(await IsActiveAsync(access));

        Assert.Equal((400, "invalid_grant"), Short(await RefusalAsync(Redeeming(code).As("client_one"))));

        Assert.False(await IsActiveAsync(access));
        Assert.Equal((400, "invalid_grant"), Short(await RefusalAsync(Refreshing(refresh).As("client_one"))));
    }

    [Fact]
    public async Task Code_is_good_for_its_client_its_address_and_its_verifier_alone()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_two"));
        HttpRequestMessage[] wrong =
        [
            Redeeming(await GetCodeAsync()).As("client_two"),
            Redeeming(await GetCodeAsync(), redirectUri: Callback + "/").As("client_one"),
            Redeeming(await GetCodeAsync(), verifier: "another-verifier-of-more-than-forty-three-characters").As("client_one"),
            Redeeming(await GetCodeAsync(), verifier: "short").As("client_one"),
            Redeeming("nothing").As("client_one"),
        ];

        foreach (var request in wrong)
        {
            Assert.Equal((400, "invalid_grant"), Short(await RefusalAsync(request)));
        }
    }

    [Fact]
    public async Task Public_client_redeems_a_code_by_its_verifier()
    {
        await Signet.Services.AddAsync(OAuthClients.Public());
        using var request = TokenForm(
            ("grant_type", "authorization_code"),
            ("client_id", "client_public"),
            ("code", await GetCodeAsync("client_public")),
            ("redirect_uri", Callback),
            ("code_verifier", Verifier));

        Assert.Equal("Bearer", (await AnswerAsync(request)).GetProperty("token_type").GetString());
    }

    [Theory]
    [InlineData("authorization_code", "code")]
    [InlineData("authorization_code", "redirect_uri")]
    [InlineData("refresh_token", "refresh_token")]
    public async Task Parameter_that_a_grant_needs_is_named_where_it_is_missing(string grant, string missing)
    {
        (string Name, string Value)[] all = [("code", "x"), ("redirect_uri", Callback), ("code_verifier", Verifier), ("refresh_token", "x")];
        using var request = TokenForm([("grant_type", grant), .. all.Where(item => item.Name != missing)]).As("client_one");

        Assert.Equal((400, "invalid_request", $"The parameter {missing} is missing."), await RefusalAsync(request));
    }

    [Fact]
    public async Task Refresh_token_is_good_once_and_a_replay_ends_its_family()
    {
        var (_, first) = await GetPairAsync();
        var answer = await AnswerAsync(Refreshing(first, ("scope", "files:read")).As("client_one"));
        var (access, second) = (answer.GetProperty("access_token").GetString()!, answer.GetProperty("refresh_token").GetString()!);
        Assert.Equal("files:read", answer.GetProperty("scope").GetString());
        Assert.True(await IsActiveAsync(access));

        Assert.Equal((400, "invalid_grant"), Short(await RefusalAsync(Refreshing(first).As("client_one"))));

        Assert.False(await IsActiveAsync(access));
        Assert.Equal((400, "invalid_grant"), Short(await RefusalAsync(Refreshing(second).As("client_one"))));
    }

    [Fact]
    public async Task Refresh_token_is_good_for_its_client_alone_and_never_for_more()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_two") with { Scopes = ["files:read", "files:write", "admin"] });
        var (_, refresh) = await GetPairAsync();

        Assert.Equal((400, "invalid_grant"), Short(await RefusalAsync(Refreshing(refresh).As("client_two"))));
        Assert.Equal((400, "invalid_scope"), Short(await RefusalAsync(Refreshing(refresh, ("scope", "admin")).As("client_one"))));
    }

    [Fact]
    public async Task Code_and_refresh_token_are_good_for_the_resource_that_was_granted_alone()
    {
        var code = await GetCodeAsync();
        var (_, refresh) = await GetPairAsync();
        foreach (var resource in new[] { "https://api.example.com/mcp", "https://unknown.example.com", "x" })
        {
            using var redeeming = TokenForm(
                ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback), ("code_verifier", Verifier), ("resource", resource));
            Assert.Equal((400, "invalid_target"), Short(await RefusalAsync(redeeming.As("client_one"))));
            Assert.Equal((400, "invalid_target"), Short(await RefusalAsync(Refreshing(refresh, ("resource", resource)).As("client_one"))));
        }

        // None of it used them up.
        await AnswerAsync(Redeeming(code).As("client_one"));
        await AnswerAsync(Refreshing(refresh, ("resource", "signet")).As("client_one"));
    }

    private static HttpRequestMessage Redeeming(string code, string redirectUri = Callback, string verifier = Verifier) => TokenForm(
        ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectUri), ("code_verifier", verifier));

    private static HttpRequestMessage Refreshing(string token, params (string Name, string Value)[] more) =>
        TokenForm([("grant_type", "refresh_token"), ("refresh_token", token), .. more]);

    private static string Payload(string token) =>
        System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static (int Status, string Error) Short((int Status, string Error, string Description) refusal) => (refusal.Status, refusal.Error);
}
