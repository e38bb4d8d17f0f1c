using System.Net;
using Dashboard.Core.Tokens.ResourceServers;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.OAuth.ResourceServers;

/// <summary>What APIs are told is revoked, over HTTP.</summary>
public sealed class RevocationFeedCallTests(SharedSignet<RevocationFeedCallTests> shared)
    : ResourceServerTest(shared), IClassFixture<SharedSignet<RevocationFeedCallTests>>, ISharesSignet
{
    public static string[] Settings => [.. Configured, "--Throttling:Budgets:ResourceServers=0"];

    [Fact]
    public async Task Api_is_told_of_a_revoked_token_once()
    {
        var (_, _, before) = await FollowAsync();
        var token = await GetTokenAsync("client_one", ("resource", Audience));
        using var revocation = await SendAsync(OAuthClients.Form("/oauth/revoke", ("token", token)).As("client_one"));

        var (tokens, _, after) = await FollowAsync(before);
        var (again, cutOffs, _) = await FollowAsync(after);

        var id = ClaimOf(token, "jti").GetString();
        Assert.Equal(ClaimOf(token, "exp").GetInt64(), tokens.Last(told => told.GetProperty("jti").GetString() == id).GetProperty("exp").GetInt64());
        Assert.Empty(again);
        Assert.Empty(cutOffs);
        Assert.Contains((await FollowAsync()).Tokens, told => told.GetProperty("jti").GetString() == id);
    }

    [Fact]
    public async Task Cut_off_names_nobody_and_is_recognised_by_whoever_has_a_token()
    {
        var (_, _, before) = await FollowAsync();
        var cutOff = await Signet.Services.GetRequiredService<TokenRevocations>()
            .CutOffAsync(RevocationScope.Subject, "user:ada", null, "a test", TokenBuilder.Somebody, Stop);

        var told = Assert.Single((await FollowAsync(before)).CutOffs);

        Assert.Equal("subject", told.GetProperty("scope").GetString());
        Assert.Equal(RevocationFeed.HashOf("subject", "user:ada"), told.GetProperty("value").GetString());
        Assert.Equal(cutOff.IssuedBefore.ToUnixTimeMilliseconds(), told.GetProperty("issued_before").GetInt64());
        Assert.DoesNotContain("ada", told.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_name_the_grant_by_whose_end_they_end()
    {
        var (access, refresh) = await GetPairAsync();
        var (_, _, before) = await FollowAsync();
        using var revocation = await SendAsync(OAuthClients.Form("/oauth/revoke", ("token", refresh)).As("client_one"));

        var told = (await FollowAsync(before)).CutOffs;

        var grant = RevocationFeed.HashOf("family", ClaimOf(access, "grant_id").GetString()!);
        Assert.Contains(told, cutOff => cutOff.GetProperty("scope").GetString() is "family" && cutOff.GetProperty("value").GetString() == grant);
        Assert.InRange(ClaimOf(access, "granted_at").GetInt64(), 1, ClaimOf(access, "iat").GetInt64());
    }

    [Fact]
    public async Task Cursor_that_is_none_begins_anew()
    {
        var whole = await FollowAsync();

        foreach (var cursor in new[] { "x", "~", "a.b~c.-1", new string('1', 2_000), "node.99999999999999999999" })
        {
            Assert.Equal(whole.Tokens.Count, (await FollowAsync(cursor)).Tokens.Count);
        }
    }

    [Fact]
    public async Task First_page_says_what_scopes_imply_and_later_ones_do_not()
    {
        var first = await AnswerAsync(Asking().As(Api));
        var second = await AnswerAsync(Asking(first.GetProperty("cursor").GetString()).As(Api));

        Assert.Equal("""{"admin":["read","write"],"write":["read"]}""", first.GetProperty("scope_hierarchy").GetRawText());
        Assert.False(second.TryGetProperty("scope_hierarchy", out _));
    }

    [Fact]
    public async Task Only_a_client_that_is_an_api_is_told_anything()
    {
        await Signet.Services.AddAsync(OAuthClients.Public());

        Assert.Equal((403, "unauthorized_client"), Short(await RefusalAsync(Asking().As("client_one"))));
        Assert.Equal(
            (403, "unauthorized_client"),
            Short(await RefusalAsync(OAuthClients.Form("/oauth/revocations", ("client_id", "client_public")))));
        Assert.Equal((401, "invalid_client"), Short(await RefusalAsync(Asking())));
        Assert.Equal((401, "invalid_client"), Short(await RefusalAsync(Asking().As(Api, "wrong-secret-0123456789"))));
    }

    [Fact]
    public async Task Questions_beyond_the_budget_have_to_wait()
    {
        await using var signet = await WholeSignet.StartAsync("--Throttling:Budgets:ResourceServers=2");
        await signet.Services.AddAsync(OAuthClients.Confidential(Api) with { Audiences = [Audience] });

        HttpStatusCode[] statuses = [await AskAsync(), await AskAsync(), await AskAsync()];

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests], statuses);

        async Task<HttpStatusCode> AskAsync()
        {
            using var answer = await signet.Client.SendAsync(Asking().As(Api), Stop);
            return answer.StatusCode;
        }
    }

    private static (int Status, string Error) Short((int Status, string Error, string Description) refusal) => (refusal.Status, refusal.Error);
}
