using System.Net;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.OAuth;

/// <summary>Clients that give tokens back (RFC 7009), over HTTP.</summary>
public sealed class RevocationCallTests(SharedSignet<RevocationCallTests> shared) : OAuthTest(shared), IClassFixture<SharedSignet<RevocationCallTests>>, ISharesSignet
{
    public static string[] Settings => ["--Throttling:Budgets:Tokens=0"];

    [Fact]
    public async Task Own_access_token_is_revoked_alone()
    {
        var (access, refresh) = await GetPairAsync();

        await RevokeAsync(access, "client_one");

        Assert.False(await IsActiveAsync(access));
        Assert.True(await IsActiveAsync(refresh));
    }

    [Fact]
    public async Task Own_refresh_token_is_revoked_with_all_that_came_of_it()
    {
        var (access, refresh) = await GetPairAsync();

        await RevokeAsync(refresh, "client_one");

        Assert.False(await IsActiveAsync(access));
        Assert.False(await IsActiveAsync(refresh));
    }

    [Fact]
    public async Task Foreign_tokens_stay_and_the_answer_is_the_same()
    {
        await Signet.Services.AddAsync(OAuthClients.Confidential("client_two"));
        var (access, refresh) = await GetPairAsync();

        await RevokeAsync(access, "client_two");
        await RevokeAsync(refresh, "client_two");

        Assert.True(await IsActiveAsync(access));
        Assert.True(await IsActiveAsync(refresh));
    }

    [Fact]
    public async Task Twin_with_a_bad_signature_and_texts_that_are_no_tokens_do_nothing()
    {
        var access = await GetTokenAsync();
        var twin = access[..^8] + (access[^8] is 'A' ? "BAAAAAAA" : "AAAAAAAA");

        foreach (var text in new[] { twin, "x", "a.b.c", "sgt_rt_unknown", new string('x', 20_000) })
        {
            await RevokeAsync(text, "client_one");
        }

        Assert.True(await IsActiveAsync(access));
    }

    [Fact]
    public async Task Public_client_returns_its_own_token_by_its_id()
    {
        await Signet.Services.AddAsync(OAuthClients.Public());
        var answer = await AnswerAsync(TokenForm(
            ("grant_type", "authorization_code"),
            ("client_id", "client_public"),
            ("code", await GetCodeAsync("client_public")),
            ("redirect_uri", Callback),
            ("code_verifier", Verifier)));
        var token = answer.GetProperty("access_token").GetString()!;

        using var revocation = await SendAsync(OAuthClients.Form("/oauth/revoke", ("token", token), ("client_id", "client_public")));

        Assert.Equal(HttpStatusCode.OK, revocation.StatusCode);
        Assert.False(await IsActiveAsync(token));
    }

    [Fact]
    public async Task Hint_changes_nothing_whatever_it_says()
    {
        var token = await GetTokenAsync();

        await RevokeAsync(token, "client_one", ("token_type_hint", "nobody_knows_it"));

        Assert.False(await IsActiveAsync(token));
    }

    [Fact]
    public async Task Nobody_revokes_who_does_not_say_who_they_are_and_what()
    {
        var (status, error, _) = await RefusalAsync(OAuthClients.Form("/oauth/revoke", ("token", await GetTokenAsync())));

        Assert.Equal((401, "invalid_client"), (status, error));
        Assert.Equal(
            (400, "invalid_request", "The parameter token is missing."),
            await RefusalAsync(OAuthClients.Form("/oauth/revoke").As("client_one")));
    }

    private async Task RevokeAsync(string token, string client, params (string Name, string Value)[] more)
    {
        using var answer = await SendAsync(OAuthClients.Form("/oauth/revoke", [("token", token), .. more]).As(client));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Empty(await answer.Content.ReadAsStringAsync(Stop));
    }
}
