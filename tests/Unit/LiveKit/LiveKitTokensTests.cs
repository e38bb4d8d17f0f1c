using Dashboard.Core.Audit;
using Dashboard.Core.LiveKit;
using Dashboard.Core.LiveKit.Issuing;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.LiveKit;

/// <summary>Tokens as LiveKit's own libraries make them, and in the ledger before they leave.</summary>
public sealed class LiveKitTokensTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync(new Dictionary<string, string?>(LiveKitBuilder.Settings)
    {
        ["Tokens:MaximumLifetime"] = "02:00:00",
        ["Tokens:ExtraClaims:tenant"] = "acme",
        ["LiveKit:MaximumLifetime"] = "100.00:00:00",
    });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Token_says_what_livekit_reads_and_nothing_else()
    {
        var issued = await _host.IssueLiveKitAsync(LiveKitBuilder.Request() with { Lifetime = TimeSpan.FromHours(24) });

        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal("""{"alg":"HS256","typ":"JWT"}""", ForgedToken.HeaderOf(issued.Token.Token));
        Assert.Equal(
            $"{{\"iss\":\"{LiveKitBuilder.ApiKey}\",\"sub\":\"user1\",\"nbf\":{now},\"exp\":{now + 86_400},\"jti\":\"{issued.Token.TokenId}\",\"name\":\"User\","
            + """
            "video":{"roomJoin":true,"room":"test-room","canPublish":true,"canSubscribe":true,"canPublishData":true}}
            """,
            ForgedToken.PayloadOf(issued.Token.Token));
        Assert.Equal(LiveKitBuilder.Sign(ForgedToken.HeaderOf(issued.Token.Token), ForgedToken.PayloadOf(issued.Token.Token)), issued.Token.Token);
        Assert.Equal(LiveKitBuilder.Url, issued.Url);
    }

    [Fact]
    public async Task Row_is_in_the_ledger_without_the_secret()
    {
        var issued = await _host.IssueLiveKitAsync(LiveKitBuilder.Request() with { Client = "front-end" });

        var row = await _host.RowAsync(issued.Token.TokenId);
        Assert.Equal(
            (TokenKind.LiveKit, "livekit", "user1", "front-end", LiveKitBuilder.Url, $"livekit:{LiveKitBuilder.ApiKey}", TokenBuilder.Somebody.Name),
            (row.Kind, row.Kind.Name, row.Subject, row.Client, row.Audience, row.KeyId, row.IssuedBy));
        Assert.Equal(ForgedToken.PayloadOf(issued.Token.Token), row.Claims);
        Assert.Equal(_host.Clock.GetUtcNow().AddHours(6), row.ExpiresAt);
        Assert.Equal(-1, _host.ReadStoreBytes().AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(LiveKitBuilder.Secret)));
    }

    [Fact]
    public async Task Every_grant_is_written_as_livekit_calls_it()
    {
        var issued = await _host.IssueLiveKitAsync(LiveKitBuilder.Request() with
        {
            Name = null,
            Video = new LiveKitVideoGrant
            {
                RoomCreate = true,
                RoomAdmin = true,
                Room = "blue",
                CanPublish = false,
                CanPublishSources = ["camera", "screen_share"],
                CanUpdateOwnMetadata = true,
                DestinationRoom = "red",
            },
            Sip = new LiveKitSipGrant { Call = true },
            Agent = new LiveKitAgentGrant { SimulationAdmin = true },
            Inference = new LiveKitInferenceGrant { Perform = true },
            Observability = new LiveKitObservabilityGrant { Write = true },
            Metadata = "seat 4",
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal) { ["language"] = "de" },
            RoomPreset = "stage",
        });

        Assert.EndsWith(
            """
            "video":{"room":"blue","roomCreate":true,"roomAdmin":true,"canPublish":false,"canPublishSources":["camera","screen_share"],"canUpdateOwnMetadata":true,"destinationRoom":"red"},"sip":{"call":true},"inference":{"perform":true},"agent":{"simulationAdmin":true},"observability":{"write":true},"metadata":"seat 4","attributes":{"language":"de"},"roomPreset":"stage"}
            """,
            ForgedToken.PayloadOf(issued.Token.Token),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "identity", "must not be empty")]
    [InlineData(" user", "identity", "must not begin or end with a space")]
    [InlineData("us\u0007er", "identity", "control")]
    [InlineData("operator:alice", "identity", "reserved for operators")]
    [InlineData("agent:one", "identity", "reserved for agents")]
    public async Task Identity_that_cannot_be_one_is_refused(string identity, string field, string message) =>
        await AssertRefusedAsync(LiveKitBuilder.Request() with { Identity = identity }, field, message);

    [Fact]
    public async Task What_is_out_of_bounds_is_refused_with_its_field()
    {
        var good = LiveKitBuilder.Request();
        await AssertRefusedAsync(good with { Identity = new string('a', 256) }, "identity", "at most 255");
        await AssertRefusedAsync(good with { Name = new string('a', 256) }, "name", "at most 255");
        await AssertRefusedAsync(good with { Video = LiveKitTokenRequest.Participant(new string('a', 256)) }, "room", "at most 255");
        await AssertRefusedAsync(good with { Video = new LiveKitVideoGrant { RoomJoin = true } }, "room", "is required");
        await AssertRefusedAsync(good with { Video = new LiveKitVideoGrant { RoomAdmin = true } }, "room", "is required");
        await AssertRefusedAsync(good with { Video = good.Video! with { CanPublishSources = ["screen"] } }, "can_publish_sources", "camera");
        await AssertRefusedAsync(good with { Metadata = new string('a', 2_049) }, "metadata", "at most");
        await AssertRefusedAsync(good with { Lifetime = TimeSpan.FromDays(101) }, "lifetime", "LiveKit:MaximumLifetime");
        await AssertRefusedAsync(good with { Lifetime = TimeSpan.Zero }, "lifetime", "between 1 and");
        await AssertRefusedAsync(
            good with { Attributes = Enumerable.Range(0, 33).ToDictionary(number => $"a{number}", _ => "b", StringComparer.Ordinal) }, "attributes", "at most 32");
    }

    [Fact]
    public async Task Its_own_maximum_holds_and_not_that_of_tokens_for_apis()
    {
        var issued = await _host.IssueLiveKitAsync(LiveKitBuilder.Request() with { Lifetime = TimeSpan.FromDays(100) });

        Assert.Equal(_host.Clock.GetUtcNow().AddDays(100), issued.Token.ExpiresAt);
    }

    [Fact]
    public async Task What_a_person_has_made_is_in_the_audit_log()
    {
        var issued = await _host.IssueLiveKitAsync(LiveKitBuilder.Request() with { Audited = true, Reason = "A demonstration" });

        var entries = await _host.Get<AuditLog>().ListAsync(new AuditFilter(ObjectId: issued.Token.TokenId), null, 5, Stop);
        Assert.Equal(("token.minted", "A demonstration"), entries.Items.Select(record => (record.Entry.Action, record.Entry.Reason)).Single());
    }

    [Theory]
    [InlineData("LiveKit:ApiKey")]
    [InlineData("LiveKit:ApiSecret")]
    public async Task Without_key_or_secret_nothing_is_issued_and_the_setting_is_named(string missing)
    {
        await _host.ReopenAsync((missing, null));

        var outcome = Assert.IsType<LiveKitIssueOutcome.NotConfigured>(await _host.Get<LiveKitTokens>().IssueAsync(LiveKitBuilder.Request(), Stop));
        Assert.StartsWith(missing, Assert.Single(outcome.Missing), StringComparison.Ordinal);
        Assert.Equal("kind", Assert.Single(await _host.FaultsAsync(TokenBuilder.Request(TokenKind.LiveKit))).Field);
    }

    [Fact]
    public async Task Secret_is_printed_nowhere()
    {
        var issued = await _host.IssueLiveKitAsync();

        Assert.DoesNotContain(LiveKitBuilder.Secret, _host.Get<LiveKitKey>().ToString(), StringComparison.Ordinal);
        Assert.NotEqual("", issued.Token.TokenId);
    }

    private async Task AssertRefusedAsync(LiveKitTokenRequest request, string field, string message)
    {
        var refused = Assert.IsType<LiveKitIssueOutcome.Invalid>(await _host.Get<LiveKitTokens>().IssueAsync(request, Stop));
        Assert.Contains(refused.Faults, fault => fault.Field == field && fault.Message.Contains(message, StringComparison.Ordinal));
    }
}
