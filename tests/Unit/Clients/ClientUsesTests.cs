using Dashboard.Core.Clients;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Clients;

public sealed class ClientUsesTests : IAsyncLifetime
{
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private ClientUses Uses => _host.Get<ClientUses>();

    public async ValueTask InitializeAsync()
    {
        _host = await CoreHost.StartAsync();
        await _host.AddAsync(ClientBuilder.Client());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Uses_wait_for_their_interval_and_are_written_then()
    {
        var waiting = _host.Clock.WaitingTimers;
        await Uses.StartAsync(Stop);
        await Eventually.TrueAsync(() => _host.Clock.WaitingTimers > waiting);
        Uses.Record("client-1", "s-1");
        var at = _host.Clock.GetUtcNow();
        Assert.Null((await _host.StoredAsync("client-1")).LastUsedAt);

        _host.Clock.Advance(TimeSpan.FromSeconds(1));

        await Eventually.TrueAsync(async () => (await _host.StoredAsync("client-1")).LastUsedAt == at);
        Assert.Equal(at, (await _host.Get<ClientDirectory>().ReadAsync("client-1", Stop))!.Secrets[0].LastUsedAt);
        await Uses.StopAsync(Stop);
    }

    [Fact]
    public async Task Stopping_writes_what_waits()
    {
        await Uses.StartAsync(Stop);
        Uses.Record("client-1", null);

        await Uses.StopAsync(Stop);

        var stored = await _host.StoredAsync("client-1");
        Assert.Equal((_host.Clock.GetUtcNow(), null), (stored.LastUsedAt, stored.Secrets[0].LastUsedAt));
    }

    [Fact]
    public async Task Uses_wait_for_a_store_that_cannot_be_written_and_newer_ones_stay()
    {
        await using var host = await CoreHost.StartAsync(StoreKinds.Sqlite);
        await host.AddAsync(ClientBuilder.Client());
        var uses = host.Get<ClientUses>();
        await host.SpoilAsync("clients", keys => keys.Client("client-1"));

        uses.Record("client-1", "s-1");
        await uses.WriteAsync(Stop);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        uses.Record("client-1", null);
        await uses.WriteAsync(Stop);
        host.Tamper("ALTER TABLE lost RENAME TO clients;");
        await uses.WriteAsync(Stop);

        var (stored, now) = (await host.StoredAsync("client-1"), host.Clock.GetUtcNow());
        Assert.Equal((now, now.AddSeconds(-1)), (stored.LastUsedAt, stored.Secrets[0].LastUsedAt));
    }
}
