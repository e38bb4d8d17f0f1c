using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Hosting.Failures;
using Dashboard.Overview;
using Dashboard.Tests.Unit.Failures;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Overview;

/// <summary>What fails right now, as the overview reads it.</summary>
public sealed class FailingNowReaderTests : IAsyncLifetime
{
    private readonly FakeRollups _rollups = new();
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FailureReader Failures => new(_rollups.Counts, _host.Get<EventLog>(), _host.Clock);

    private RefusalsNowReader Codes => new(Failures, _rollups.Counts);

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("UTC")]
    [InlineData("Europe/Vienna")]
    [InlineData("Asia/Kolkata")]
    public async Task Past_weeks_are_read_once_and_say_what_each_would_of_its_own(string zoneId)
    {
        // Vienna put its clocks forward within the past weeks.
        _host.Clock.Jump(new DateTimeOffset(2030, 4, 10, 12, 10, 0, TimeSpan.Zero));
        for (var hour = 0; hour < 24 * 40; hour++)
        {
            _rollups.Add(_host.Clock.GetUtcNow().AddHours(-hour), hour % 3 is 0 ? "A" : "B", hour);
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var now = await new FailingNowReader(Codes, Failures).ReadAsync(zone, Stop);

        Assert.Equal(1, _rollups.Reads.Count(read => read.Grain is RollupGrain.Day));
        Assert.Equal(1 + UsualBand.Weeks, _rollups.Reads.Count(read => read.Grain is RollupGrain.Hour));
        var codes = await Codes.ReadAsync(Stop);
        Assert.True(now.Codes.HasUsual);
        Assert.Equal(codes.Range, now.Codes.Range);
        Assert.Equal(codes.Codes, now.Codes.Codes);
        var usual = await Failures.ReadUsualAsync(RefusalFilter.None, now.Series.Steps, zone, Stop);
        Assert.Equal(usual.Steps, now.Usual.Steps);
    }

    [Fact]
    public async Task Nothing_of_the_past_is_read_where_nothing_was_counted()
    {
        var now = await new FailingNowReader(Codes, Failures).ReadAsync(TimeZoneInfo.Utc, Stop);

        Assert.Single(_rollups.Reads, read => read.Grain is RollupGrain.Hour);
        Assert.Equal(UsualGap.TooYoung, now.Usual.Gap);
        Assert.False(now.Codes.HasUsual);
    }
}
