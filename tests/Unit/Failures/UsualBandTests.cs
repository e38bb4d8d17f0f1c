using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Failures;
using Dashboard.Hosting.Failures;
using Dashboard.Tests.Unit.Infrastructure;

namespace Dashboard.Tests.Unit.Failures;

/// <summary>What is usual, and what is not.</summary>
public sealed class UsualBandTests : IAsyncLifetime
{
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    private readonly FakeRollups _rollups = new();
    private CoreHost _host = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private FailureReader Reader => new(_rollups.Counts, _host.Get<EventLog>(), _host.Clock);

    private DateTimeOffset Now => _host.Clock.GetUtcNow();

    public async ValueTask InitializeAsync() => _host = await CoreHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Lowest_middle_and_highest_are_of_the_same_hour_of_four_weeks()
    {
        _rollups.Add(Now.AddDays(-60));
        foreach (var (week, count) in new[] { (1, 120), (2, 600), (3, 60), (4, 180), (5, 999) })
        {
            _rollups.Add(Now.AddDays(-7 * week).AddMinutes(-20), "A", count);

            // Of another hour, and so of no interest.
            _rollups.Add(Now.AddDays(-7 * week).AddHours(-5), "A", 777);
        }

        var (steps, usual) = await ReadAsync(FailureTime.Find("1h")!, TimeZoneInfo.Utc);

        Assert.Equal(UsualGap.None, usual.Gap);
        Assert.Equal(Enumerable.Repeat(new Usual(1, 2.5, 10), 60), usual.Steps);
        Assert.Equal("usually 60–600 in this hour", FailureText.UsualOf(usual, steps, 30));
    }

    [Fact]
    public async Task Wider_steps_are_sums_of_their_hours()
    {
        _rollups.Add(Now.AddDays(-60));
        for (var hour = 0; hour < 24 * 40; hour++)
        {
            _rollups.Add(Now.AddHours(-hour), "A", 2);
        }

        var (steps, usual) = await ReadAsync(FailureTime.Find("30d")!, TimeZoneInfo.Utc);

        Assert.Equal(new Usual(12, 12, 12), usual.Steps[^1]);
        Assert.Equal(new Usual(0, 6, 12), usual.Steps[20]);
        Assert.Equal("usually 12 in these 6 hours", FailureText.UsualOf(usual, steps, 119));
        Assert.Single(_rollups.Reads, read => read.Grain is RollupGrain.Hour);
    }

    [Fact]
    public async Task Same_hour_is_the_one_on_the_clock_when_summer_begins()
    {
        // The clocks of Vienna were put forward on 31 March: nine in the morning was eight UTC, and is seven.
        _host.Clock.Jump(new DateTimeOffset(2030, 4, 1, 7, 59, 0, TimeSpan.Zero));
        _rollups.Add(Now.AddDays(-60));
        foreach (var day in new[] { 4, 11, 18, 25 })
        {
            _rollups.Add(new DateTimeOffset(2030, 3, day, 8, 30, 0, TimeSpan.Zero), "A", 60);
            _rollups.Add(new DateTimeOffset(2030, 3, day, 7, 30, 0, TimeSpan.Zero), "A", 6_000);
        }

        var (_, inVienna) = await ReadAsync(FailureTime.Find("1h")!, Vienna);
        var (_, inUtc) = await ReadAsync(FailureTime.Find("1h")!, TimeZoneInfo.Utc);

        Assert.Equal(new Usual(1, 1, 1), inVienna.Steps[30]);
        Assert.Equal(new Usual(100, 100, 100), inUtc.Steps[30]);
    }

    [Fact]
    public async Task Hour_that_the_clock_skipped_is_the_one_after_it()
    {
        // Half past two of 31 March never was in Vienna: what was at half past three stands for it.
        _host.Clock.Jump(new DateTimeOffset(2030, 4, 7, 0, 59, 0, TimeSpan.Zero));
        _rollups.Add(Now.AddDays(-12));
        _rollups.Add(new DateTimeOffset(2030, 3, 31, 1, 10, 0, TimeSpan.Zero), "A", 120);

        var (_, usual) = await ReadAsync(FailureTime.Find("1h")!, Vienna);

        Assert.Equal(new Usual(2, 2, 2), usual.Steps[30]);
    }

    [Fact]
    public async Task Less_than_a_week_is_nothing_to_compare_with()
    {
        Assert.Equal(UsualGap.TooYoung, (await ReadAsync(FailureTime.Day, Vienna)).Usual.Gap);

        _rollups.Add(Now.AddDays(-7));

        Assert.Equal(UsualGap.TooYoung, (await ReadAsync(FailureTime.Day, Vienna)).Usual.Gap);
    }

    [Fact]
    public async Task Weeks_before_anything_was_counted_do_not_pull_it_down()
    {
        _rollups.Add(Now.AddDays(-16), "A", 1);
        _rollups.Add(Now.AddDays(-7).AddMinutes(-20), "A", 60);
        _rollups.Add(Now.AddDays(-14).AddMinutes(-20), "A", 120);

        var (_, usual) = await ReadAsync(FailureTime.Find("1h")!, TimeZoneInfo.Utc);

        Assert.Equal(new Usual(1, 1.5, 2), usual.Steps[30]);
    }

    [Fact]
    public async Task Times_whose_weeks_before_are_gone_are_not_compared()
    {
        _rollups.Add(Now.AddDays(-99));
        var time = new FailureTime.Between(Now.AddDays(-80), Now);

        Assert.Equal(UsualGap.TooLong, (await ReadAsync(time, Vienna)).Usual.Gap);
    }

    [Fact]
    public async Task Band_is_of_what_is_filtered()
    {
        _rollups.Add(Now.AddDays(-60));
        _rollups.Add(Now.AddDays(-7).AddMinutes(-20), "A", 60, new RefusalFilter(Client: "portal"));
        _rollups.Add(Now.AddDays(-7).AddMinutes(-20), "A", 600, new RefusalFilter(Client: "other"));
        var steps = Reader.StepsOf(FailureTime.Find("1h")!, TimeZoneInfo.Utc);

        var usual = await Reader.ReadUsualAsync(new RefusalFilter(Client: "portal"), steps, TimeZoneInfo.Utc, Stop);

        Assert.Equal(1, usual.Steps[30]!.High);
    }

    [Fact]
    public async Task What_fails_now_is_compared_with_the_same_day_of_past_weeks()
    {
        _rollups.Add(Now.AddDays(-60));
        foreach (var week in Enumerable.Range(1, 4))
        {
            _rollups.Add(Now.AddDays(-7 * week).AddHours(-3), "A", 10 * week);
        }

        _rollups.Add(Now.AddHours(-3), "A", 60);
        _rollups.Add(Now.AddHours(-3), "B", 6);
        _rollups.Add(Now.AddHours(-3), "C", 5);
        _rollups.Add(Now.AddHours(-25), "A", 1_000);

        var now = await new RefusalsNowReader(Reader, _rollups.Counts).ReadAsync(Stop);

        Assert.True(now.HasUsual);
        Assert.Equal(71, now.Total);
        Assert.Equal(
            [("A", 60L, false), ("B", 6L, true), ("C", 5L, false)], now.Codes.Select(code => (code.Code, code.Count, code.IsUnusual)));
        Assert.Equal(new Usual(10, 25, 40), now.Codes[0].Usual);
        Assert.Equal(TimeSpan.FromHours(24), now.Range.To - now.Range.From);
    }

    [Fact]
    public async Task What_fails_now_is_not_unusual_while_nobody_can_know()
    {
        _rollups.Add(Now.AddHours(-3), "A", 60);

        var now = await new RefusalsNowReader(Reader, _rollups.Counts).ReadAsync(Stop);

        Assert.False(now.HasUsual);
        Assert.Equal(new RefusalNow("A", 60, null), Assert.Single(now.Codes));
        Assert.False(now.Codes[0].IsUnusual);
    }

    private async Task<(RefusalSteps Steps, UsualBand Usual)> ReadAsync(FailureTime time, TimeZoneInfo zone)
    {
        var steps = Reader.StepsOf(time, zone);
        return (steps, await Reader.ReadUsualAsync(RefusalFilter.None, steps, zone, Stop));
    }
}
