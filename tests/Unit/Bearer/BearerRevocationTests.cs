using System.Net;
using Dashboard.Bearer;

namespace Dashboard.Tests.Unit.Bearer;

/// <summary>What an API refuses because Signet says so, and while Signet says nothing.</summary>
public sealed class BearerRevocationTests : BearerTest
{
    private const string Revoked = "Bearer error=\"invalid_token\", error_description=\"The token was revoked\"";

    [Fact]
    public async Task Token_is_refused_as_soon_as_it_is_heard_of()
    {
        await StartAsync();
        var (token, other) = (Signet.Token(), Signet.Token("jti-2"));
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);

        Signet.Revoke("jti-1");
        await HearAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, Revoked), await Api.AskAsync(token));
        Assert.Equal(Ok, (await Api.AskAsync(other)).Status);
    }

    [Fact]
    public async Task What_was_revoked_before_the_start_is_never_accepted()
    {
        Signet.Revoke("jti-1");
        Signet.CutOff("client", "client-7", Clock.GetUtcNow());

        await StartAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(Signet.Token())).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(Signet.Token("jti-2", claims: ("client_id", "client-7")))).Status);
    }

    [Theory]
    [InlineData("all", null)]
    [InlineData("subject", "user:ada")]
    [InlineData("client", "client-1")]
    [InlineData("key", "key-1")]
    [InlineData("session", "session-1")]
    [InlineData("family", "grant-1")]
    public async Task Cut_off_covers_what_was_issued_until_then(string scope, string? value)
    {
        await StartAsync();
        (string, object?)[] claims = [("sid", "session-1"), ("grant_id", "grant-1")];
        var old = Signet.Token(claims: claims);
        Assert.Equal(Ok, (await Api.AskAsync(old)).Status);

        Signet.CutOff(scope, value, Clock.GetUtcNow().AddMilliseconds(1));
        await HearAsync();
        var young = Signet.Token("jti-2", claims: claims);

        Assert.Equal((HttpStatusCode.Unauthorized, Revoked), await Api.AskAsync(old));
        Assert.Equal(Ok, (await Api.AskAsync(young)).Status);
    }

    [Theory]
    [InlineData("client", "client-1", "user:ada")]
    [InlineData("subject", "agent:reader", "agent:reader")]
    [InlineData("person", "USER:ADA", "user:Ada")]
    public async Task Who_may_not_act_is_refused_until_they_are_let_in_again(string scope, string value, string subject)
    {
        await StartAsync();
        var token = Signet.Token(claims: ("sub", subject));
        var other = Signet.Token(claims: [("sub", "user:grace"), ("client_id", "client-2")]);
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);

        Signet.Suspended = [FakeSignet.Entry(scope, value)];
        await HearAsync();
        var refused = await Api.AskAsync(token);
        Signet.Suspended = null;
        await HearAsync();

        Assert.Equal(
            (HttpStatusCode.Unauthorized,
                "Bearer error=\"invalid_token\", error_description=\"The client or the subject of the token may not act at this time\""),
            refused);
        Assert.Equal(refused, await Api.AskAsync(token));
        Assert.Equal(Ok, (await Api.AskAsync(other)).Status);

        Signet.Suspended = [];
        await HearAsync();
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);
    }

    [Fact]
    public async Task Client_is_refused_from_the_moment_on_that_it_expires()
    {
        Signet.Suspended = [FakeSignet.Entry("client", "client-1", Clock.GetUtcNow().AddSeconds(5))];
        await StartAsync();
        var token = Signet.Token();
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);

        Clock.Advance(TimeSpan.FromMilliseconds(4_999));
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(token)).Status);
    }

    [Fact]
    public async Task Renewed_token_does_not_outlive_the_cut_off_of_whoever_it_was_granted_to()
    {
        await StartAsync();
        var granted = Clock.GetUtcNow();
        Signet.CutOff("subject", "user:ada", granted.AddMilliseconds(1));
        await HearAsync();

        var renewed = Signet.Token(claims: [("grant_id", "grant-1"), ("granted_at", granted.ToUnixTimeSeconds())]);

        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(renewed)).Status);
    }

    [Fact]
    public async Task Key_that_was_revoked_vouches_for_nothing_though_it_was_read_before()
    {
        await StartAsync();
        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token())).Status);

        Signet.RevokedKeys = ["key-1"];
        await HearAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(Signet.Token())).Status);
    }

    [Fact]
    public async Task Nothing_is_accepted_while_nobody_knows_what_is_revoked()
    {
        await StartAsync();
        Signet.Revoke("jti-2");
        await HearAsync();
        var (token, revoked) = (Signet.Token(), Signet.Token("jti-2"));
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);
        Signet.IsAway = true;

        Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);
        Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, ""), await Api.AskAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(revoked)).Status);

        await WaitForRestAsync();
        Signet.IsAway = false;
        await HearAsync();
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);
    }

    [Fact]
    public async Task Api_that_starts_while_Signet_is_away_accepts_nothing()
    {
        Signet.IsAway = true;
        await StartAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Api.AskAsync(Signet.Token())).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(null)).Status);
    }

    [Fact]
    public async Task Credentials_that_are_refused_are_no_news()
    {
        Signet.Refuses = true;
        await StartAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Api.AskAsync(Signet.Token())).Status);
    }

    [Fact]
    public async Task Who_chose_so_goes_on_with_what_was_heard_before()
    {
        await StartAsync(options => options.WhenSilent = SilencePolicy.Accept);
        Signet.Revoke("jti-2");
        await HearAsync();
        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token())).Status);

        Signet.IsAway = true;
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token())).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(Signet.Token("jti-2"))).Status);
    }

    [Fact]
    public async Task Without_following_only_the_token_itself_is_judged()
    {
        Signet.Revoke("jti-1");
        await StartAsync(options =>
            (options.FollowRevocations, options.ReportPresentations, options.ClientId, options.ClientSecret) = (false, false, "", ""));

        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token())).Status);
        Assert.Equal(0, Signet.Questions);
    }
}
