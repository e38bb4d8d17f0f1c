using Dashboard.Core.Events;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Telemetry;

/// <summary>How late a node is with what another revoked.</summary>
public sealed class RevocationLagTests(RedisServer redis) : IAsyncLifetime
{
    private const string MasterKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private CoreHost _here = null!;
    private CoreHost _there = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = redis.Settings();
        settings["SIGNET_MASTER_KEY"] = MasterKey;
        _here = await CoreHost.StartAsync(settings, hosted: true);
        _there = await CoreHost.StartAsync(settings, hosted: true);
        _there.Clock.Advance(TimeSpan.FromSeconds(3));
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task Revocation_of_another_node_is_measured_and_ones_own_is_not()
    {
        var issued = await _here.IssueAsync();
        using var measured = new Measured(_there);
        using var own = new Measured(_here);

        await _here.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "a test", TokenBuilder.Somebody, RequestOrigin.None, Stop);
        await _here.Get<TokenRevocations>().CutOffAsync(RevocationScope.Subject, "bob", null, "left", TokenBuilder.Somebody, Stop);

        await Eventually.TrueAsync(() => measured.Of("signet.revocation.lag").Count >= 2);
        Assert.All(measured.Of("signet.revocation.lag"), lag => Assert.Equal(3, lag.Value, 0.001));
        Assert.Empty(own.Of("signet.revocation.lag"));
    }

    [Fact]
    public async Task Cut_off_that_was_missed_is_measured_when_everything_is_read_again()
    {
        using var measured = new Measured(_there);
        await _here.Get<TokenRevocations>().CutOffAsync(RevocationScope.Subject, "eve", null, "left", TokenBuilder.Somebody, Stop);

        await Eventually.TrueAsync(() => measured.Of("signet.revocation.lag").Count >= 1);
        var missed = await _there.Get<RevocationList>().LoadAsync(_there.Get<IRevocationStore>(), _there.Clock.GetUtcNow(), Stop);
        var unknown = await new RevocationList().LoadAsync(_there.Get<IRevocationStore>(), _there.Clock.GetUtcNow(), Stop);

        Assert.Empty(missed);
        Assert.Equal("eve", Assert.Single(unknown).Value);
    }
}
