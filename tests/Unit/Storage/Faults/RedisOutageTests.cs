using Dashboard.Core.Storage;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage.Faults;

/// <summary>Redis is away, and comes back as it was, empty, or not at all.</summary>
public sealed class RedisOutageTests : FaultTest
{
    private readonly RedisServer _redis = new([]);
    private FaultyLink _link = null!;
    private CoreHost _node = null!;

    public override async ValueTask InitializeAsync()
    {
        await _redis.StartAsync();
        _link = new FaultyLink(_redis.Port);
        _node = await StartNodeAsync(_link.Address);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _link.DisposeAsync();
        await _redis.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Stopped_and_started_again_loses_nothing_and_needs_no_restart()
    {
        var (known, unknown, revoked) = (await _node.IssueAsync(), await _node.IssueAsync(), await _node.IssueAsync());
        Assert.Equal("accepted", await AnswerAsync(_node, known));
        await RevokeAsync(_node, revoked);
        var other = await StartNodeAsync(_redis.Address);

        await _redis.KillAsync();

        await RefusedInTimeAsync(() => _node.IssueAsync());
        await RefusedInTimeAsync(() => RevokeAsync(_node, known));
        Assert.Equal("STORE_UNAVAILABLE", await AnswerAsync(other, unknown));
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(_node, revoked));
        await WaitAsync(Silence);
        Assert.Equal("STORE_UNAVAILABLE", await AnswerAsync(_node, known));
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(_node, revoked));
        Assert.False(await _node.Get<IStoreHealth>().IsReadyAsync(Stop));

        await _redis.StartAsync();

        await ReadyAsync(_node);
        await Eventually.TrueAsync(async () => await AnswerAsync(_node, known) is "accepted");
        await Eventually.TrueAsync(async () => await AnswerAsync(other, unknown) is "accepted");
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(other, revoked));
        await _node.IssueAsync();
        await RevokeAsync(_node, known);
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(_node, known));
    }

    [Fact]
    public async Task Node_that_is_cut_off_does_not_accept_for_long_what_others_may_have_revoked()
    {
        var token = await _node.IssueAsync();
        var other = await StartNodeAsync(_redis.Address);
        Assert.Equal("accepted", await AnswerAsync(_node, token));

        _link.Cut();
        await RevokeAsync(other, token);
        await WaitAsync(Silence);

        Assert.Equal("STORE_UNAVAILABLE", await AnswerAsync(_node, token));
        _link.Mend();
        await Eventually.TrueAsync(async () =>
        {
            var answer = await AnswerAsync(_node, token);
            Assert.NotEqual("accepted", answer);
            return answer is "TOKEN_REVOKED";
        });
    }

    [Fact]
    public async Task Server_that_hangs_holds_nobody_up_longer_than_the_time_out()
    {
        var token = await _node.IssueAsync();
        _link.Stall();

        // Many at once, twice: nobody waits for those before.
        for (var round = 0; round < 2; round++)
        {
            await RefusedInTimeAsync(() => Task.WhenAll(Enumerable.Range(0, 100).Select(number => (number % 3) switch
            {
                0 => _node.IssueAsync(),
                1 => RevokeAsync(_node, token),
                _ => _node.RowAsync(token.TokenId),
            })));
        }

        _link.Mend();
        await ReadyAsync(_node);
        await Eventually.TrueAsync(async () => await AnswerAsync(_node, token) is "accepted" or "TOKEN_REVOKED");
        await _node.IssueAsync();
    }

    [Fact]
    public async Task Server_that_is_slow_is_waited_for_up_to_the_time_out()
    {
        _link.Delay = TimeSpan.FromMilliseconds(200);
        var token = await _node.IssueAsync();
        Assert.Equal("accepted", await AnswerAsync(_node, token));

        _link.Delay = Timeout * 0.7;
        await RefusedInTimeAsync(() => _node.IssueAsync());

        _link.Delay = TimeSpan.Zero;
        await ReadyAsync(_node);
        await Eventually.TrueAsync(async () => await AnswerAsync(_node, token) is "accepted");
        await _node.IssueAsync();
    }

    [Fact]
    public async Task Empty_server_in_its_place_is_refused_until_the_right_one_is_back()
    {
        var (token, revoked) = (await _node.IssueAsync(), await _node.IssueAsync());
        await RevokeAsync(_node, revoked);
        await using var empty = new RedisServer([]);
        await empty.StartAsync();

        _link.LeadTo(empty.Port);
        _link.Cut();
        _link.Mend();

        await WaitAsync(Silence);
        Assert.Equal("STORE_UNAVAILABLE", await AnswerAsync(_node, token));
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(_node, revoked));
        await RefusedInTimeAsync(() => _node.IssueAsync());
        Assert.False(await _node.Get<IStoreHealth>().IsReadyAsync(Stop));
        Assert.Equal(":0", await empty.TellAsync("DBSIZE"));

        _link.LeadTo(_redis.Port);
        _link.Cut();
        _link.Mend();
        await ReadyAsync(_node);
        await Eventually.TrueAsync(async () => await AnswerAsync(_node, token) is "accepted");
    }

    [Fact]
    public async Task Server_that_was_emptied_is_noticed_without_a_lost_connection()
    {
        var token = await _node.IssueAsync();
        Assert.Equal("accepted", await AnswerAsync(_node, token));

        await _redis.TellAsync("FLUSHALL");

        await Eventually.TrueAsync(async () => !await _node.Get<IStoreHealth>().IsReadyAsync(Stop));
        await RefusedInTimeAsync(() => _node.IssueAsync());
        await WaitAsync(Silence);
        Assert.Equal("STORE_UNAVAILABLE", await AnswerAsync(_node, token));
    }

    [Theory]
    [InlineData("min-replicas-to-write", "1", "0")]
    [InlineData("maxmemory", "1mb", "0")]
    public async Task Server_that_takes_no_writes_is_read_and_changes_are_refused(string setting, string bad, string good)
    {
        var (token, revoked) = (await _node.IssueAsync(), await _node.IssueAsync());
        await RevokeAsync(_node, revoked);
        Assert.Equal("+OK", await _redis.TellAsync("CONFIG", "SET", setting, bad));

        await RefusedInTimeAsync(() => _node.IssueAsync());
        await RefusedInTimeAsync(() => RevokeAsync(_node, token));
        Assert.False(await _node.Get<IStoreHealth>().IsReadyAsync(Stop));
        Assert.Equal("accepted", await AnswerAsync(_node, token));
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(_node, revoked));
        Assert.Null((await _node.RowAsync(token.TokenId)).Revoked);

        Assert.Equal("+OK", await _redis.TellAsync("CONFIG", "SET", setting, good));
        await ReadyAsync(_node);
        await RevokeAsync(_node, token);
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(_node, token));
    }
}
