using Dashboard.Core.Storage;
using Dashboard.Core.Audit;
using Dashboard.Core.Tokens.Issuing;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage.Faults;

/// <summary>A replica takes over from a master that died.</summary>
public sealed class RedisFailoverTests : FaultTest
{
    private readonly RedisServer _master = new([]);
    private RedisServer _replica = null!;

    private string Addresses => $"{_master.Address},{_replica.Address}";

    public override async ValueTask InitializeAsync()
    {
        await _master.StartAsync();
        _replica = new RedisServer("--replicaof", "127.0.0.1", $"{_master.Port}");
        await _replica.StartAsync();

        // A replica counts for WAIT as soon as it is connected; it is of use once it has what was written.
        await _master.TellAsync("SET", "written", "yes");
        await Eventually.TrueAsync(async () => await _replica.TellAsync("GET", "written") is "yes");
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _master.DisposeAsync();
        await _replica.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Replica_that_takes_over_has_everything_that_was_acknowledged()
    {
        var node = await StartNodeAsync(Addresses, ("Storage:RedisReplicas", "1"));
        var tokens = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => node.IssueAsync()));
        await Task.WhenAll(tokens.Take(20).Select(token => RevokeAsync(node, token)));

        await _master.KillAsync();
        await _replica.TellAsync("CONFIG", "SET", "min-replicas-to-write", "0");
        await _replica.TellAsync("REPLICAOF", "NO", "ONE");

        await ReadyAsync(node);
        foreach (var one in new[] { node, await StartNodeAsync(_replica.Address) })
        {
            await Eventually.TrueAsync(async () => await AnswerAsync(one, tokens[^1]) is "accepted");
            Assert.All(await AnswersAsync(one, tokens[..20]), answer => Assert.Equal("TOKEN_REVOKED", answer));
            Assert.All(await AnswersAsync(one, tokens[20..]), answer => Assert.Equal("accepted", answer));
            Assert.True((await one.Get<AuditLog>().VerifyAsync(null, Stop)).Intact);
        }
    }

    [Fact]
    public async Task Change_that_no_replica_has_is_refused()
    {
        var node = await StartNodeAsync(Addresses, ("Storage:RedisReplicas", "1"));
        var token = await node.IssueAsync();
        await _replica.KillAsync();

        await RefusedInTimeAsync(() => node.IssueAsync());
        await RefusedInTimeAsync(() => RevokeAsync(node, token));

        await _replica.StartAsync();
        await Eventually.TrueAsync(async () => await TryRevokeAsync(node, token));
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(node, token));
    }

    [Fact]
    public async Task Replica_that_lacks_acknowledged_changes_is_refused()
    {
        var node = await StartNodeAsync(Addresses);
        var (token, revoked) = (await node.IssueAsync(), await node.IssueAsync());
        Assert.Equal("accepted", await AnswerAsync(node, token));
        await Eventually.TrueAsync(async () => await _master.TellAsync("WAIT", "1", "100") is ":1");

        // It hears of nothing more, and then takes over.
        await _replica.TellAsync("REPLICAOF", "127.0.0.1", $"{RedisServer.FreePort()}");
        await RevokeAsync(node, revoked);
        await _master.KillAsync();
        await _replica.TellAsync("REPLICAOF", "NO", "ONE");

        await WaitAsync(Silence);
        Assert.Equal("STORE_UNAVAILABLE", await AnswerAsync(node, token));
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(node, revoked));
        Assert.False(await node.Get<IStoreHealth>().IsReadyAsync(Stop));

        // The master is back with all it had.
        await _replica.TellAsync("REPLICAOF", "127.0.0.1", $"{_master.Port}");
        await _master.StartAsync();
        await ReadyAsync(node);
        await Eventually.TrueAsync(async () => await AnswerAsync(node, token) is "accepted");
        Assert.Equal("TOKEN_REVOKED", await AnswerAsync(node, revoked));
    }

    private static async Task<string[]> AnswersAsync(CoreHost node, TokenIssueOutcome.Issued[] tokens) =>
        await Task.WhenAll(tokens.Select(token => AnswerAsync(node, token)));

    private static async Task<bool> TryRevokeAsync(CoreHost node, TokenIssueOutcome.Issued token)
    {
        try
        {
            await RevokeAsync(node, token);
            return true;
        }
        catch (Core.Primitives.StoreUnavailableException)
        {
            return false;
        }
    }
}
