using System.Text.Json.Nodes;
using Dashboard.Core.Access;
using Dashboard.Core.LiveKit.Inspection;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.LiveKit;

/// <summary>What each verifier says, word for word, and what grants mean.</summary>
public sealed class LiveKitAnswerTests : IAsyncLifetime
{
    private const string Jose = "go-jose/go-jose/jwt: validation failed, ";
    private const string Golang = "token has invalid claims: ";

    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(LiveKitBuilder.Settings);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Good_one_is_accepted_by_all() =>
        Assert.All((await ReadAsync(LiveKitBuilder.Foreign(_host))).Answers, answer => Assert.Equal((true, null), (answer.Accepts, answer.Text)));

    [Fact]
    public async Task Expired() => await AssertSaidAsync(
        Foreign(("exp", -61)), $"{Jose}token is expired (exp)", $"{Golang}token is expired", "\"exp\" claim timestamp check failed");

    [Fact]
    public async Task Expired_within_the_leeway_of_the_server_is_refused_by_the_library_alone() =>
        await AssertSaidAsync(Foreign(("exp", -30)), null, null, "\"exp\" claim timestamp check failed");

    [Fact]
    public async Task Not_valid_yet() => await AssertSaidAsync(
        Foreign(("nbf", 61)), $"{Jose}token not valid yet (nbf)", $"{Golang}token is not valid yet", "\"nbf\" claim timestamp check failed");

    [Fact]
    public async Task Issued_in_the_future() => await AssertSaidAsync(
        Foreign(("iat", 61)), "go-jose/go-jose/jwt: validation field, token issued in the future (iat)", null, null);

    [Fact]
    public async Task Never_expires() => await AssertSaidAsync(
        LiveKitBuilder.Foreign(_host, ("exp", null)),
        null,
        $"{Golang}token is missing required claim: exp claim is required",
        "missing required \"exp\" claim");

    [Fact]
    public async Task Wrong_key_hides_that_it_expired() => await AssertSaidAsync(
        LiveKitBuilder.Foreign(_host, ("iss", "APIother"), ("exp", 1)), $"{Jose}invalid issuer claim (iss)", "invalid API key", "unexpected \"iss\" claim value");

    [Fact]
    public async Task Wrong_secret_hides_that_it_expired() => await AssertSaidAsync(
        LiveKitBuilder.Foreign(_host.Clock.GetUtcNow(), "another", ("exp", 1)),
        "go-jose/go-jose: error in cryptographic primitive",
        "token signature is invalid: signature is invalid",
        "signature verification failed");

    [Fact]
    public async Task Wrong_algorithm() => await AssertSaidAsync(
        LiveKitBuilder.Sign("""{"alg":"HS512"}""", ForgedToken.PayloadOf(LiveKitBuilder.Foreign(_host))),
        "go-jose/go-jose: error in cryptographic primitive",
        "token signature is invalid: signing method HS512 is invalid",
        null);

    [Theory]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30", "go-jose/go-jose: compact JWS format must have three parts")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e3!0.AA", "illegal base64 data at input byte 2")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.A", "illegal base64 data at input byte 0")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.AAAAA", "illegal base64 data at input byte 4")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.é30.AAAA", "illegal base64 data at input byte 0")]
    public async Task Unreadable(string token, string expected)
    {
        var refused = Assert.IsType<TokenVerdict.Refused>(await _host.ValidateAsync(token, new ValidationContext { Use = TokenUse.LiveKit }));

        Assert.Equal(("MALFORMED_TOKEN", expected), (refused.Reason.Code, refused.Facts.LiveKitError));
    }

    [Fact]
    public async Task What_is_absent_is_listed_as_livekit_takes_it()
    {
        var grants = (await ReadAsync(LiveKitBuilder.Foreign(_host))).Grants;

        Assert.Equal(
            [
                ("video.roomJoin", "true", false), ("video.room", "blue", false), ("video.canPublish", "true", true),
                ("video.canSubscribe", "true", true), ("video.canPublishData", "true", true),
            ],
            grants.Select(grant => (grant.Grant, grant.Value, grant.IsDefault)));
        Assert.Equal("May publish sound and pictures.", grants[2].Meaning);
    }

    [Theory]
    [InlineData("""{"roomJoin":true,"room":"a","canPublish":false}""", "video.canPublishData", "false", true, "May send no messages or other data.")]
    [InlineData("""{"roomJoin":true}""", "video.room", "any", true, "Names no room, and so is good for every room.")]
    [InlineData("""{"roomJoin":true,"room":"a","canSubscribe":false}""", "video.canSubscribe", "false", false, "May neither see nor hear others.")]
    [InlineData("""{"roomJoin":"true","room":"a"}""", "video.roomJoin", "true", false, "Is not true or false: the server cannot read the token, and refuses it.")]
    [InlineData("""{"roomJoin":true,"room":"a","canDance":true}""", "video.canDance", "true", false, "LiveKit knows no such grant, and does not look at it.")]
    [InlineData("""{"canPublishSources":["camera","microphone"]}""", "video.canPublishSources", "camera, microphone", false, "May publish these sources alone.")]
    public async Task Grants_are_told_in_plain_words(string video, string grant, string value, bool isDefault, string meaning) => Assert.Contains(
        new LiveKitGrant(grant, value, isDefault, meaning),
        (await ReadAsync(LiveKitBuilder.Foreign(_host, ("video", JsonNode.Parse(video))))).Grants);

    [Fact]
    public async Task Whoever_does_not_join_is_granted_nothing_silently() => Assert.Equal(
        ["video.roomList", "sip.call"],
        (await ReadAsync(LiveKitBuilder.Foreign(
            _host, ("video", new JsonObject { ["roomList"] = true }), ("sip", new JsonObject { ["call"] = true })))).Grants.Select(grant => grant.Grant));

    [Fact]
    public async Task Claims_that_are_hidden_from_a_role_are_not_told_this_way_either()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?>(LiveKitBuilder.Settings)
        {
            ["Access:MaskedClaims"] = "room name",
            ["Access:MaskFor"] = "support",
        });
        var token = (await host.IssueLiveKitAsync(LiveKitBuilder.Request() with { Name = "Hidden Person" })).Token.Token;
        var report = await host.Get<TokenReporter>().ReportAsync(token, new ValidationContext { Use = TokenUse.AsItLooks }, Stop);

        var masked = report.MaskedFor(Roles.Support, host.Get<ClaimMask>()).LiveKit!;

        Assert.Equal((ClaimMask.Mask, ClaimMask.Mask, "user1"), (masked.Room, masked.Name, masked.Identity));
        Assert.DoesNotContain(masked.Grants, grant => grant.Value is "test-room");
        Assert.Equal(report.LiveKit!.Answers, masked.Answers);
    }

    private string Foreign((string Claim, int Seconds) time) =>
        LiveKitBuilder.Foreign(_host, (time.Claim, _host.Clock.GetUtcNow().ToUnixTimeSeconds() + time.Seconds));

    private async Task<LiveKitReport> ReadAsync(string token) =>
        (await _host.Get<TokenReporter>().ReportAsync(token, new ValidationContext { Use = TokenUse.AsItLooks }, Stop)).LiveKit!;

    private async Task AssertSaidAsync(string token, params string?[] texts) =>
        Assert.Equal(texts, (await ReadAsync(token)).Answers.Select(answer => answer.Text));
}
