using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Watching;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Alerts.Watching;

/// <summary>Whether there is room for what is still to be written.</summary>
public sealed class RoomCheckTests
{
    private const long Gibibyte = 1L << 30;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disk_that_is_nearly_full_is_told_of_until_there_is_room()
    {
        var disk = new Disk { Free = Gibibyte };
        await using var core = await CoreHost.StartAsync(configure: services => services.AddSingleton<IFreeSpace>(disk));
        await CheckAsync<FreeSpaceCheck>(core);
        Assert.Empty(await UnresolvedAsync(core));

        disk.Free = Gibibyte - 1;
        await CheckAsync<FreeSpaceCheck>(core);
        await CheckAsync<FreeSpaceCheck>(core);
        var alert = Assert.Single(await UnresolvedAsync(core));
        Assert.Equal(
            (AlertKinds.DiskLow, Environment.MachineName, AlertSeverity.Critical, 1), (alert.Kind, alert.Key, alert.Severity, alert.Count));
        Assert.Contains("1.0 GiB", alert.Detail, StringComparison.Ordinal);

        disk.Free = null;
        core.Clock.Advance(TimeSpan.FromMinutes(5));
        await CheckAsync<FreeSpaceCheck>(core);
        await CheckAsync<UpkeepCheck>(core);
        Assert.Empty(await UnresolvedAsync(core));
    }

    [Fact]
    public async Task Store_beyond_its_budget_is_told_of_and_none_has_no_bound()
    {
        await using var free = await CoreHost.StartAsync();
        await CheckAsync<StoreBudgetCheck>(free);
        Assert.Empty(await UnresolvedAsync(free));

        await using var core = await CoreHost.StartAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { ["Alerts:StoreBudget"] = "1024" });
        await CheckAsync<StoreBudgetCheck>(core);
        var alert = Assert.Single(await UnresolvedAsync(core));
        Assert.Equal((AlertKinds.StoreLarge, AlertSeverity.Warning), (alert.Kind, alert.Severity));
        Assert.Contains("1.0 KiB", alert.Detail, StringComparison.Ordinal);

        core.Clock.Advance(TimeSpan.FromMinutes(15));
        await CheckAsync<UpkeepCheck>(core);
        Assert.Empty(await UnresolvedAsync(core));
    }

    [Fact]
    public async Task The_disk_itself_says_how_much_is_left()
    {
        await using var core = await CoreHost.StartAsync();

        Assert.InRange(core.Get<IFreeSpace>().Read()!.Value, 1, long.MaxValue);
    }

    private static Task CheckAsync<TCheck>(CoreHost core)
        where TCheck : IAlertCheck => core.Services.GetServices<IAlertCheck>().OfType<TCheck>().Single().CheckAsync(Stop);

    private static Task<IReadOnlyList<Alert>> UnresolvedAsync(CoreHost core) => core.Get<AlertBook>().ReadUnresolvedAsync(Stop);

    private sealed class Disk : IFreeSpace
    {
        public long? Free { get; set; }

        public long? Read() => Free;
    }
}
