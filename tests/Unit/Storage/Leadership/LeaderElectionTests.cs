using Dashboard.Core.Storage.Leadership;
using Dashboard.Core.Storage.Purging;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Tests.Unit.Storage.Leadership;

/// <summary>Nodes that share a lease; they die by not renewing it any more.</summary>
public sealed class LeaderElectionTests : IAsyncLifetime
{
    private CoreHost _core = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _core = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    [Fact]
    public async Task One_node_leads_as_long_as_it_renews()
    {
        using var a = Node();
        using var b = Node();
        var term = await a.FindTermAsync(Stop);
        Assert.NotNull(term);

        for (var renewal = 0; renewal < 6; renewal++)
        {
            Assert.Null(await b.FindTermAsync(Stop));
            _core.Clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(term, await a.FindTermAsync(Stop));
        }
    }

    [Fact]
    public async Task Another_node_leads_once_the_lease_of_a_dead_one_is_over()
    {
        using var dead = Node();
        using var next = Node();
        var first = await dead.FindTermAsync(Stop);

        _core.Clock.Advance(LeaderElection.Lease - TimeSpan.FromMilliseconds(1));
        Assert.Null(await next.FindTermAsync(Stop));
        _core.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var second = await next.FindTermAsync(Stop);

        Assert.True(second!.Value.Number > first!.Value.Number);

        // It was not dead but slow.
        Assert.Null(await dead.FindTermAsync(Stop));
    }

    [Fact]
    public async Task Node_that_stops_leaves_the_lead_at_once()
    {
        using var stopping = Node();
        using var next = Node();
        await stopping.FindTermAsync(Stop);

        await stopping.StopAsync(Stop);

        Assert.NotNull(await next.FindTermAsync(Stop));
    }

    [Fact]
    public async Task Purge_does_nothing_where_another_node_leads_and_shows_what_that_one_did()
    {
        using var leader = Node();
        var term = (await leader.FindTermAsync(Stop))!.Value;
        var run = new PurgeRun(_core.Clock.GetUtcNow(), new Dictionary<string, long>(StringComparer.Ordinal) { ["tokens"] = 3 });
        await _core.Get<IPurgeRunStore>().SaveAsync(run, term, Stop);

        Assert.Null(await _core.Get<PurgeWorker>().RunAsync(Stop));
        Assert.Equal(3, (await _core.Get<PurgeWorker>().FindLastRunAsync(Stop))!.Gone["tokens"]);
    }

    private LeaderElection Node() =>
        new(_core.Get<ILeaseStore>(), _core.Clock, NullLogger<LeaderElection>.Instance);
}
