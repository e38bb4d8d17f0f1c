using Dashboard.Core.Backups;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;
using Dashboard.Tests.Unit.Backups;
using Dashboard.Hosting.Stats;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Overview;

public sealed class HealthReaderTests : IAsyncLifetime
{
    private readonly Store _store = new();
    private CoreHost _core = null!;
    private HealthReader _reader = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _core = await CoreHost.StartAsync();
        _reader = new HealthReader(_store, _core.Get<KeyRing>(), _core.Get<EventLog>(), _core.Get<PurgeWorker>(), _core.Get<BackupReminder>(), _core.Clock);
    }

    [Fact]
    public async Task New_installation_is_healthy_although_nothing_was_purged_yet()
    {
        var health = await _reader.ReadAsync(Stop);

        Assert.Equal((HealthKind.Ok, "All healthy"), (health.Kind, health.Text));
        Assert.Equal(HealthKind.Unknown, health.Items[3].Kind);
    }

    [Fact]
    public async Task Backup_that_is_old_is_told_and_one_that_was_never_made_is_no_fault()
    {
        Assert.Equal((HealthKind.Unknown, "None yet"), await BackupAsync());

        await _core.BackUpAsync();
        _core.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((HealthKind.Ok, "Healthy"), await BackupAsync());

        _core.Clock.Advance(TimeSpan.FromDays(7));
        Assert.Equal((HealthKind.Warning, "Old"), await BackupAsync());

        async Task<(HealthKind Kind, string Word)> BackupAsync()
        {
            var item = (await _reader.ReadAsync(Stop)).Items.Single(item => item.Key is "backup");
            return (item.Kind, item.Word);
        }
    }

    [Fact]
    public async Task Broken_store_is_the_worst_part()
    {
        _store.IsReady = false;

        var health = await _reader.ReadAsync(Stop);

        Assert.Equal((HealthKind.Unavailable, "Store: unavailable"), (health.Kind, health.Text));
    }

    [Fact]
    public async Task Store_is_probed_once_in_five_seconds()
    {
        await _reader.ReadAsync(Stop);
        _core.Clock.Advance(TimeSpan.FromSeconds(4));
        await _reader.ReadAsync(Stop);
        Assert.Equal(1, _store.Probes);

        _core.Clock.Advance(TimeSpan.FromSeconds(1));
        await _reader.ReadAsync(Stop);
        Assert.Equal(2, _store.Probes);
    }

    [Fact]
    public async Task Purge_that_does_not_run_any_more_is_late()
    {
        await _core.Get<PurgeWorker>().RunAsync(Stop);
        Assert.Equal(HealthKind.Ok, (await _reader.ReadAsync(Stop)).Items[3].Kind);

        _core.Clock.Advance(TimeSpan.FromHours(2) + TimeSpan.FromSeconds(1));

        Assert.Equal("Purge: late", (await _reader.ReadAsync(Stop)).Text);
    }

    public ValueTask DisposeAsync() => _core.DisposeAsync();

    private sealed class Store : IStoreHealth
    {
        public bool IsReady { get; set; } = true;

        public int Probes { get; private set; }

        public Task<bool> IsReadyAsync(CancellationToken cancellationToken)
        {
            Probes++;
            return Task.FromResult(IsReady);
        }
    }
}
