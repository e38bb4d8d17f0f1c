using System.Net;

namespace Dashboard.Tests.Unit.Bearer;

/// <summary>Which tokens an API takes, and what it answers to others (RFC 6750).</summary>
public sealed class BearerTokenTests : BearerTest
{
    [Fact]
    public async Task Good_token_is_accepted_and_speaks_for_its_subject()
    {
        await StartAsync();

        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token())).Status);
        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token(type: "JWT"))).Status);
        Assert.Equal("Basic Y2xpZW50JTNBYXBpOmElMjBzZWNyZXQlMkJ3aXRoJTIwc2lnbnM=", Signet.Credentials);
    }

    [Fact]
    public async Task Without_a_token_the_challenge_says_nothing_more()
    {
        await StartAsync();

        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), await Api.AskAsync(null));
    }

    [Theory]
    [InlineData("iss", "https://other.example.com")]
    [InlineData("aud", "https://other.example.com")]
    [InlineData("aud", null)]
    [InlineData("exp", null)]
    [InlineData("exp", 1)]
    [InlineData("nbf", 9_999_999_999L)]
    [InlineData("sub", null)]
    [InlineData("jti", null)]
    [InlineData("iat", null)]
    [InlineData("fph", "a-hash")]
    [InlineData("iph", "a-hash")]
    [InlineData("uah", "a-hash")]
    [InlineData("cnf", "a-key")]
    public async Task Token_with_a_wrong_claim_is_refused(string claim, object? value)
    {
        await StartAsync();

        var (status, challenge) = await Api.AskAsync(Signet.Token(claims: (claim, value)));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.StartsWith("Bearer error=\"invalid_token\"", challenge, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_of_another_kind_key_or_algorithm_is_refused()
    {
        await StartAsync();
        using var other = new FakeSignet(Clock);
        var good = Signet.Token();

        foreach (var token in new[]
        {
            Signet.Token(type: "agent+jwt"), Signet.Token(algorithm: "none"), Signet.Token(algorithm: "HS256"), other.Token(),
            good[..^8] + "AAAAAAAA", $"{good},{good}", "x", "a.b.c",
        })
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(token)).Status);
        }
    }

    [Fact]
    public async Task Clock_may_be_half_a_minute_off_and_no_more()
    {
        await StartAsync(options => options.LongestSilence = TimeSpan.FromHours(1));
        var token = Signet.Token(claims: ("exp", Clock.GetUtcNow().ToUnixTimeSeconds()));

        Clock.Jump(Clock.GetUtcNow().AddSeconds(29));
        Assert.Equal(Ok, (await Api.AskAsync(token)).Status);
        Clock.Jump(Clock.GetUtcNow().AddSeconds(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(token)).Status);
    }

    [Fact]
    public async Task Bound_token_is_accepted_where_somebody_chose_so()
    {
        await StartAsync(options => options.AcceptBoundTokens = true);

        Assert.Equal(Ok, (await Api.AskAsync(Signet.Token(claims: ("iph", "a-hash")))).Status);
    }

    [Fact]
    public async Task Algorithm_that_nobody_chose_is_refused()
    {
        await StartAsync(options => options.Algorithms.Add("RS256"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await Api.AskAsync(Signet.Token())).Status);
    }
}
