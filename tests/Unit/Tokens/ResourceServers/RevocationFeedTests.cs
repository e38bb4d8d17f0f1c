using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Tokens.ResourceServers;
using Dashboard.Core.Tokens.Revocation;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Tokens.ResourceServers;

public sealed class RevocationFeedTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private RevocationFeed Feed => _host.Get<RevocationFeed>();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task After_a_restart_everything_is_told_again_whatever_the_cursor()
    {
        var issued = await _host.IssueAsync();
        await RevokeAsync(issued.TokenId);
        await _host.Get<TokenRevocations>().CutOffAsync(RevocationScope.Client, "client-9", null, "a test", TokenBuilder.Somebody, Stop);
        var before = Feed.Read(null);

        await _host.ReopenAsync();
        var after = Feed.Read(before.Cursor);

        Assert.Contains(after.Tokens, token => token.TokenId == issued.TokenId && token.ExpiresAt is not null);
        Assert.Contains(after.CutOffs, cutOff => cutOff.Value == RevocationFeed.HashOf("client", "client-9"));
        Assert.NotNull(after.ScopeHierarchy);
        Assert.Empty(Feed.Read(after.Cursor).Tokens);
    }

    [Fact]
    public async Task Node_that_was_followed_before_goes_on_where_it_was_left()
    {
        await RevokeAsync((await _host.IssueAsync()).TokenId);
        var here = Feed.Read(null);

        // Another node answered in between.
        var back = Feed.Read($"another-node.7~{here.Cursor}");

        Assert.Empty(back.Tokens);
        Assert.EndsWith("~another-node.7", back.Cursor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_expired_long_ago_is_told_to_nobody()
    {
        var issued = await _host.IssueAsync();
        await RevokeAsync(issued.TokenId);

        _host.Clock.Advance(issued.Lifetime + TimeSpan.FromHours(2));

        Assert.Empty(Feed.Read(null).Tokens);
    }

    [Fact]
    public void Pages_follow_one_another_without_a_gap_and_without_an_end_that_moves()
    {
        var journal = new RevocationJournal();
        foreach (var number in Enumerable.Range(1, 7))
        {
            journal.Add($"t-{number}", DateTimeOffset.MaxValue);
        }

        journal.Forget(entry => entry.Number is 2 or 7);
        var first = journal.Read(0, 3);
        var second = journal.Read(first.Position, 3);

        Assert.Equal(["t-1", "t-3", "t-4"], first.Entries.Select(entry => entry.TokenId));
        Assert.Equal(["t-5", "t-6"], second.Entries.Select(entry => entry.TokenId));
        Assert.Equal((4, true, 7, false), (first.Position, first.HasMore, second.Position, second.HasMore));
        Assert.Empty(journal.Read(second.Position, 3).Entries);
    }

    [Fact]
    public async Task Revoked_keys_are_in_every_page()
    {
        var key = _host.Get<KeyRing>().Current.KeyId;
        var cursor = Feed.Read(null).Cursor;

        await _host.Get<KeyRotation>().RotateAsync(new RotateKeys(null, true, true, "a leak"), TokenBuilder.Somebody, Stop);

        Assert.Contains(key, Feed.Read(cursor).RevokedKeys);
        Assert.Contains(key, Feed.Read(null).RevokedKeys);
    }

    private async Task RevokeAsync(string tokenId) => Assert.IsType<TokenRevocationOutcome.Revoked>(
        await _host.Get<TokenRevocations>().RevokeAsync(tokenId, "a test", TokenBuilder.Somebody, RequestOrigin.None, Stop));
}
