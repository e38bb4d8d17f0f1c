using Dashboard.Controls;

namespace Dashboard.Tests.Unit.Controls;

/// <summary>Where things stand in a chart, and what is written below it.</summary>
public sealed class ChartTests
{
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    [Theory]
    [InlineData(0, 2)]
    [InlineData(3, 4)]
    [InlineData(7, 10)]
    [InlineData(10, 10)]
    [InlineData(11, 20)]
    [InlineData(41, 60)]
    [InlineData(123_456, 200_000)]
    public void Upper_edge_is_round_and_even(long highest, long top) =>
        Assert.Equal(top, new ChartScale([new ChartSeries("a", [highest], 1)], [], 1).Top);

    [Fact]
    public void Parts_stand_on_each_other()
    {
        IReadOnlyList<ChartSeries> series = [new("a", [1, 0], 1), new("b", [3, 2], 2)];
        var scale = new ChartScale(series, [], 2);

        Assert.Equal(
            [new ChartBar(1, "0.1", "0.8", "75", "25"), new ChartBar(2, "0.1", "0.8", "0", "75")], scale.BarsAt(0, series));
        Assert.Equal([new ChartBar(2, "1.1", "0.8", "50", "50")], scale.BarsAt(1, series));
    }

    [Fact]
    public void Band_is_broken_where_nothing_is_known_and_never_cut_off()
    {
        IReadOnlyList<ChartBand?> band = [new(0, 5, 10), null, new(2, 4, 6)];
        var scale = new ChartScale([new ChartSeries("a", [1, 1, 1], 1)], band, 3);

        Assert.Equal(10, scale.Top);
        Assert.Equal("M0 0V0H1V100H0ZM2 40V40H3V80H2Z", scale.AreaOf(band));
        Assert.Equal("M0 50V50H1M2 60V60H3", scale.MiddleOf(band));
    }

    [Fact]
    public void Hours_below_are_round_on_the_zones_clock()
    {
        var from = new DateTimeOffset(2030, 1, 1, 13, 15, 0, TimeSpan.Zero);
        var ticks = ChartTicks.Of(from, from.AddDays(1), Vienna);

        Assert.Equal(["16:00", "20:00", "2 Jan", "04:00", "08:00", "12:00"], ticks.Select(tick => tick.Text));
        Assert.Equal(15, ticks[0].At.Hour);
    }

    [Fact]
    public void Hour_that_is_skipped_is_not_written()
    {
        var from = new DateTimeOffset(2030, 3, 31, 0, 0, 0, TimeSpan.Zero);
        var ticks = ChartTicks.Of(from, from.AddHours(6), Vienna);

        Assert.Equal(["01:00", "03:00", "04:00", "05:00", "06:00", "07:00"], ticks.Select(tick => tick.Text));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(60)]
    [InlineData(10_080)]
    [InlineData(43_200)]
    [InlineData(1_600_000)]
    public void Few_moments_are_written_and_each_within_the_chart(int minutes)
    {
        var from = new DateTimeOffset(2030, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var to = from.AddMinutes(minutes);
        var ticks = ChartTicks.Of(from, to, Vienna);

        Assert.InRange(ticks.Count, 1, 8);
        Assert.All(ticks, tick => Assert.True(tick.At >= from && tick.At < to));
    }
}
