using Dashboard.Core.Storage.Leadership;
using Dashboard.Core.Storage.Purging;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Storage.Purging;

/// <summary>A purge that a command wants at once, whoever leads.</summary>
public sealed class PurgeNowTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private PurgeRequests Requests => _host.Get<PurgeRequests>();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Where_nobody_leads_it_is_done_here_and_says_how_far_it_is()
    {
        var longAgo = _host.Clock.GetUtcNow().AddDays(-200);
        foreach (var name in new[] { "old", "older" })
        {
            await _host.Get<ITokenLedger>().AddAsync(
                LedgerRows.Row(name) with { IssuedAt = longAgo, ExpiresAt = longAgo.AddHours(1) }, null, Stop);
        }

        Told told = [];

        var done = await _host.Get<PurgeNow>().RunAsync(told, Stop);

        Assert.Equal(2, done!.Gone["tokens"]);
        Assert.Contains(new PurgeProgress("tokens", 2), told);
        Assert.Null(await Requests.FindAsync(Stop));
    }

    [Fact]
    public async Task What_the_node_that_leads_is_not_done_with_in_time_stays_asked_for_and_is_asked_for_once()
    {
        await HoldAsync(TimeSpan.FromHours(1));
        Told told = [];

        Assert.Null(await RunAsync(told, PurgeNow.Patience / 20));

        Assert.Contains(new PurgeProgress(null, 0), told);
        var request = await Requests.FindAsync(Stop);
        Assert.NotNull(request);
        Assert.Equal(request, await Requests.MakeAsync(Stop));
    }

    [Fact]
    public async Task Where_the_node_that_leads_is_gone_it_is_done_here()
    {
        await HoldAsync(TimeSpan.FromMinutes(1));

        Assert.NotNull(await RunAsync([], TimeSpan.FromSeconds(1)));

        Assert.Null(await Requests.FindAsync(Stop));
    }

    private async Task<PurgeRun?> RunAsync(Told told, TimeSpan step)
    {
        var purge = _host.Get<PurgeNow>().RunAsync(told, Stop);
        await Eventually.TrueAsync(() =>
        {
            _host.Clock.Advance(step);
            return purge.IsCompleted;
        });
        return await purge;
    }

    private async Task HoldAsync(TimeSpan lease)
    {
        var now = _host.Clock.GetUtcNow();
        await _host.Get<ILeaseStore>().HoldAsync("server", now, now + lease, Stop);
    }

    private sealed class Told : List<PurgeProgress>, IProgress<PurgeProgress>
    {
        public void Report(PurgeProgress value) => Add(value);
    }
}
