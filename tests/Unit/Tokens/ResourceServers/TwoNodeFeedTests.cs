using Dashboard.Core.Events;
using Dashboard.Core.Tokens.ResourceServers;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.ResourceServers;

/// <summary>An API that a balancer sends to one node and then to another.</summary>
public sealed class TwoNodeFeedTests(RedisServer redis) : IAsyncLifetime
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
    }

    public async ValueTask DisposeAsync()
    {
        await _here.DisposeAsync();
        await _there.DisposeAsync();
    }

    [Fact]
    public async Task What_one_node_revoked_is_told_by_the_other_once_to_whoever_followed_both()
    {
        var issued = await _here.IssueAsync();
        var cursor = _there.Get<RevocationFeed>().Read(_here.Get<RevocationFeed>().Read(null).Cursor).Cursor;

        await _here.Get<TokenRevocations>().RevokeAsync(issued.TokenId, "a test", TokenBuilder.Somebody, RequestOrigin.None, Stop);

        await Eventually.TrueAsync(() => _there.Get<RevocationFeed>().Read(cursor).Tokens is [{ TokenId: var id }] && id == issued.TokenId);
        cursor = _there.Get<RevocationFeed>().Read(cursor).Cursor;
        Assert.Empty(_there.Get<RevocationFeed>().Read(cursor).Tokens);

        // The first node tells it, too: what is known twice does no harm, what is never told would.
        Assert.Single(_here.Get<RevocationFeed>().Read(cursor).Tokens);
    }
}
