using System.Text.Json.Nodes;
using Dashboard.Core.Events;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Inspection;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.LiveKit;

/// <summary>The verdict on tokens for LiveKit, ours and others', and why each is refused.</summary>
public sealed class LiveKitVerdictTests : IAsyncLifetime
{
    private static readonly ValidationContext ForLiveKit = new() { Use = TokenUse.LiveKit };

    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(LiveKitBuilder.Settings);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Token_of_ours_is_accepted_for_livekit_and_counts_as_presented_here()
    {
        var issued = await _host.IssueLiveKitAsync();

        var accepted = Assert.IsType<TokenVerdict.Accepted>(await _host.ValidateAsync(issued.Token.Token, ForLiveKit)).Token;
        Assert.Equal((TokenKind.LiveKit, "user1", issued.Token.TokenId, issued.Token.ExpiresAt), (accepted.Kind, accepted.Subject, accepted.TokenId, accepted.ExpiresAt));
        Assert.Empty(accepted.Scopes);
        Assert.Equal(("test-room", "user1", "User", LiveKitBuilder.ApiKey), (accepted.LiveKit!.Room, accepted.LiveKit.Identity, accepted.LiveKit.Name, accepted.LiveKit.ApiKey));
    }

    [Fact]
    public async Task Token_of_another_program_with_the_same_secret_is_accepted_too()
    {
        var accepted = Assert.IsType<TokenVerdict.Accepted>(await _host.ValidateAsync(LiveKitBuilder.Foreign(_host), ForLiveKit)).Token;

        Assert.Equal(("alice", null), (accepted.Subject, accepted.TokenId));
    }

    [Fact]
    public async Task No_token_for_livekit_opens_an_api()
    {
        string[] tokens =
        [
            (await _host.IssueLiveKitAsync()).Token.Token,
            LiveKitBuilder.Foreign(_host),
            LiveKitBuilder.Foreign(_host, ("iss", "another")),
            LiveKitBuilder.Foreign(_host, ("video", null)),
            LiveKitBuilder.Foreign(_host, ("aud", "signet"), ("scope", "files:read"), ("jti", "1"), ("iat", 1)),
        ];

        foreach (var token in tokens)
        {
            Assert.Equal("WRONG_TOKEN_TYPE", await _host.CodeAsync(token));
            Assert.Equal("WRONG_TOKEN_TYPE", await _host.CodeAsync(token, new ValidationContext { AcceptsTrustedIssuers = true, IsHandedOn = true }));
        }
    }

    [Fact]
    public async Task No_token_for_an_api_opens_a_room()
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request() with
        {
            ExtraClaims = TokenBuilder.Json("""{"video":{"roomJoin":true,"room":"blue"}}"""),
        });

        // Not even after it was accepted for what it is for.
        Assert.Null(await _host.CodeAsync(issued.Token));
        Assert.Equal("ALGORITHM_NOT_ALLOWED", await _host.CodeAsync(issued.Token, ForLiveKit));
    }

    [Fact]
    public async Task Secret_of_livekit_signs_nothing_for_apis_and_a_key_of_ours_nothing_for_rooms()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?>(LiveKitBuilder.Settings) { ["Keys:Algorithm"] = "HS256" });
        var issued = (await host.IssueAsync()).Token;
        var forged = LiveKitBuilder.Sign(ForgedToken.HeaderOf(issued), ForgedToken.PayloadOf(issued));

        Assert.Null(await host.CodeAsync(issued));
        Assert.Equal("INVALID_SIGNATURE", await host.CodeAsync(forged));
        Assert.Equal("WRONG_TOKEN_TYPE", await host.CodeAsync(issued, ForLiveKit));
        Assert.Equal("WRONG_TOKEN_TYPE", await host.CodeAsync(forged, ForLiveKit));
    }

    [Fact]
    public async Task Faults_removed_one_by_one_give_the_codes_in_order()
    {
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        const string Joins = "\"video\":{\"roomJoin\":true}";
        string[] tokens =
        [
            "eyJhbGciOiJIUzI1NiJ9.e30",
            LiveKitBuilder.Sign("""{"alg":"HS512"}""", "{\"iss\":\"x\",\"exp\":1}", "wrong"),
            LiveKitBuilder.Sign("""{"alg":"HS256"}""", "{\"iss\":\"x\",\"exp\":1}", "wrong"),
            LiveKitBuilder.Sign("""{"alg":"HS256"}""", $"{{\"iss\":\"x\",\"exp\":1,{Joins}}}", "wrong"),
            LiveKitBuilder.Sign("""{"alg":"HS256"}""", $"{{\"iss\":\"{LiveKitBuilder.ApiKey}\",\"exp\":1,{Joins}}}", "wrong"),
            LiveKitBuilder.Sign("""{"alg":"HS256"}""", $"{{\"iss\":\"{LiveKitBuilder.ApiKey}\",\"exp\":1,{Joins}}}"),
            LiveKitBuilder.Sign("""{"alg":"HS256"}""", $"{{\"iss\":\"{LiveKitBuilder.ApiKey}\",\"sub\":\"a\",\"exp\":1,\"nbf\":{now + 99},{Joins}}}"),
            LiveKitBuilder.Sign("""{"alg":"HS256"}""", $"{{\"iss\":\"{LiveKitBuilder.ApiKey}\",\"sub\":\"a\",\"exp\":1,\"nbf\":{now},{Joins}}}"),
        ];
        List<string?> codes = [];
        foreach (var token in tokens)
        {
            codes.Add(await _host.CodeAsync(token, ForLiveKit));
        }

        Assert.Equal(
            [
                "MALFORMED_TOKEN", "ALGORITHM_NOT_ALLOWED", "WRONG_TOKEN_TYPE", "WRONG_ISSUER", "INVALID_SIGNATURE", "MISSING_CLAIMS",
                "TOKEN_NOT_YET_VALID", "TOKEN_EXPIRED",
            ],
            codes);
    }

    [Theory]
    [InlineData("""{"alg":"none"}""")]
    [InlineData("""{"alg":"None"}""")]
    [InlineData("""{"alg":"RS256"}""")]
    [InlineData("""{"alg":"HS384"}""")]
    [InlineData("""{"typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","crit":["exp"]}""")]
    public async Task Nothing_but_hs256_without_extensions_is_taken(string header)
    {
        var token = LiveKitBuilder.Sign(header, ForgedToken.PayloadOf(LiveKitBuilder.Foreign(_host)));

        Assert.Equal("ALGORITHM_NOT_ALLOWED", await _host.CodeAsync(token, ForLiveKit));
        Assert.Equal("ALGORITHM_NOT_ALLOWED", await _host.CodeAsync(token));
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(60, null)]
    [InlineData(61, "TOKEN_EXPIRED")]
    public async Task Expiry_has_the_leeway_of_the_server(int secondsAfter, string? code)
    {
        var token = LiveKitBuilder.Foreign(_host);
        _host.Clock.Advance(TimeSpan.FromHours(6) + TimeSpan.FromSeconds(secondsAfter));

        Assert.Equal(code, await _host.CodeAsync(token, ForLiveKit));
    }

    [Theory]
    [InlineData("nbf", 60, null)]
    [InlineData("nbf", 61, "TOKEN_NOT_YET_VALID")]
    [InlineData("iat", 60, null)]
    [InlineData("iat", 61, "TOKEN_NOT_YET_VALID")]
    public async Task So_have_its_other_times(string claim, int secondsAhead, string? code) => Assert.Equal(
        code,
        await _host.CodeAsync(LiveKitBuilder.Foreign(_host, (claim, _host.Clock.GetUtcNow().ToUnixTimeSeconds() + secondsAhead)), ForLiveKit));

    [Theory]
    [InlineData("jti", "alice", null)]
    [InlineData("jti", null, "MISSING_CLAIMS")]
    public async Task Identity_may_be_written_as_old_libraries_did(string claim, string? value, string? code) => Assert.Equal(
        code, await _host.CodeAsync(LiveKitBuilder.Foreign(_host, ("sub", null), (claim, value is null ? null : JsonValue.Create(value))), ForLiveKit));

    [Fact]
    public async Task Expiry_is_needed_and_an_identity_only_to_join()
    {
        var missing = Assert.IsType<TokenVerdict.Refused>(await _host.ValidateAsync(LiveKitBuilder.Foreign(_host, ("exp", null)), ForLiveKit));
        Assert.Equal(["exp"], missing.Facts.MissingClaims);
        Assert.Null(missing.Facts.LiveKitError);

        var listing = LiveKitBuilder.Foreign(_host, ("sub", null), ("video", new JsonObject { ["roomList"] = true }));
        Assert.Null(await _host.CodeAsync(listing, ForLiveKit));
    }

    [Fact]
    public async Task Refusal_says_what_the_server_says_and_stores_its_report()
    {
        var token = LiveKitBuilder.Foreign(_host);
        _host.Clock.Advance(TimeSpan.FromHours(7));

        var refused = Assert.IsType<TokenVerdict.Refused>(
            await _host.ValidateAsync(token, ForLiveKit with { Origin = RequestOrigin.None with { RequestId = "req_0123456789abcdef" } }));

        Assert.Equal("go-jose/go-jose/jwt: validation failed, token is expired (exp)", refused.Facts.LiveKitError);
        Assert.Equal(_host.Clock.GetUtcNow().AddHours(-1), refused.Facts.ExpiredAt);
    }

    [Fact]
    public async Task Revoked_token_is_refused_here_and_says_that_livekit_does_not_ask()
    {
        var issued = (await _host.IssueLiveKitAsync()).Token;
        await _host.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "Left the company", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token, ForLiveKit));
        var report = await ReportAsync(issued.Token);
        Assert.Contains("Left the company", report.Cause, StringComparison.Ordinal);
        Assert.Contains("never asks Signet", report.NextStep, StringComparison.Ordinal);
        Assert.All(report.LiveKit!.Answers, answer => Assert.True(answer.Accepts));
    }

    [Theory]
    [InlineData(RevocationScope.Subject, "user1")]
    [InlineData(RevocationScope.Key, $"livekit:{LiveKitBuilder.ApiKey}")]
    public async Task Cut_off_covers_it(RevocationScope scope, string value)
    {
        var issued = (await _host.IssueLiveKitAsync()).Token;
        await _host.Get<TokenRevocations>().CutOffAsync(scope, value, null, "A new secret", TokenBuilder.Somebody, Stop);

        Assert.Equal("TOKEN_REVOKED", await _host.CodeAsync(issued.Token, ForLiveKit));
    }

    [Fact]
    public async Task Id_of_ours_in_another_token_makes_it_none_of_ours()
    {
        var issued = (await _host.IssueLiveKitAsync()).Token;
        var report = await ReportAsync(LiveKitBuilder.Foreign(_host, ("jti", issued.TokenId)));

        Assert.True(report.Accepted);
        Assert.Null(report.Ledger);
    }

    [Fact]
    public async Task Report_looks_and_says_what_it_is()
    {
        var issued = (await _host.IssueLiveKitAsync()).Token;

        var report = await ReportAsync(issued.Token);

        Assert.True(report.Accepted);
        Assert.Equal("The LiveKit server lets its holder in, here and now.", report.Cause);
        Assert.Equal(
            ["format", "algorithm", "type", "issuer", "signature", "claims", "lifetime", "ledger", "revocation", "subject"],
            report.Checks.Select(check => check.Name));
        Assert.Equal(issued.TokenId, report.Ledger?.TokenId);
        Assert.Equal(report.LiveKit!.Grants.Select(grant => grant.Grant), (await ReportAsync(issued.Token, new ValidationContext())).LiveKit!.Grants.Select(grant => grant.Grant));
    }

    [Fact]
    public async Task Token_signed_with_our_secret_and_another_key_says_that_the_key_alone_is_wrong()
    {
        var report = await ReportAsync(LiveKitBuilder.Foreign(_host, ("iss", "APIother")));

        Assert.Equal("WRONG_ISSUER", report.Code);
        Assert.Equal(CheckStatus.Passed, report.Checks.Single(check => check.Name is "signature").Status);
    }

    [Fact]
    public async Task Without_configuration_it_is_explained_and_never_accepted()
    {
        var token = LiveKitBuilder.Foreign(_host);
        await _host.ReopenAsync(("LiveKit:ApiKey", null), ("LiveKit:ApiSecret", null));

        Assert.Equal("WRONG_ISSUER", await _host.CodeAsync(token, ForLiveKit));
        Assert.Equal("WRONG_TOKEN_TYPE", await _host.CodeAsync(token));
        var report = await ReportAsync(token);
        Assert.Contains("No LiveKit server is configured here", report.Cause, StringComparison.Ordinal);
        Assert.Equal("blue", report.LiveKit!.Room);
        Assert.All(report.LiveKit.Answers, answer => Assert.Null(answer.Accepts));
    }

    [Fact]
    public async Task Trusted_issuers_token_with_such_a_claim_is_no_token_for_livekit()
    {
        await using var host = await CoreHost.StartAsync(new Dictionary<string, string?>(LiveKitBuilder.Settings)
        {
            ["Keys:TrustedIssuers:0:Issuer"] = "https://login.test",
            ["Keys:TrustedIssuers:0:Secret"] = LiveKitBuilder.Secret,
            ["Keys:TrustedIssuers:0:Algorithms:0"] = "HS256",
            ["Keys:TrustedIssuers:0:Audiences:0"] = "signet",
        });
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();

        Assert.Null(await host.CodeAsync(
            LiveKitBuilder.Foreign(host, ("iss", "https://login.test"), ("aud", "signet"), ("iat", now)),
            new ValidationContext { AcceptsTrustedIssuers = true }));
    }

    [Theory]
    [InlineData("expired", "TOKEN_EXPIRED")]
    [InlineData("not_yet_valid", "TOKEN_NOT_YET_VALID")]
    [InlineData("invalid_signature", "INVALID_SIGNATURE")]
    [InlineData("missing_claim:exp", "MISSING_CLAIMS")]
    public async Task Test_token_is_refused_for_its_defect(string defect, string code)
    {
        var issued = await _host.IssueAsync(TokenBuilder.Request(TokenKind.LiveKit) with
        {
            Scopes = [],
            Client = null,
            Defect = TokenDefect.Parse(defect),
            ExtraClaims = TokenBuilder.Json("""{"video":{"roomJoin":true,"room":"blue"}}"""),
        });

        Assert.Equal(code, await _host.CodeAsync(issued.Token, ForLiveKit));
    }

    private Task<TokenReport> ReportAsync(string token, ValidationContext? context = null) =>
        _host.Get<TokenReporter>().ReportAsync(token, context ?? new ValidationContext { Use = TokenUse.AsItLooks }, Stop);
}
