using Dashboard.Core.Events.Rollups;
using Dashboard.Failures;
using Dashboard.Hosting.Failures;

namespace Dashboard.Tests.Unit.Failures;

/// <summary>How a time is cut into the columns of a chart.</summary>
public sealed class RefusalStepsTests
{
    private static readonly DateTimeOffset Now = new(2030, 7, 3, 12, 7, 31, TimeSpan.Zero);
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
    private static readonly TimeZoneInfo Kolkata = TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata");

    [Theory]
    [InlineData("1h", 60, 1, RollupGrain.Minute)]
    [InlineData("24h", 96, 15, RollupGrain.Minute)]
    [InlineData("7d", 84, 120, RollupGrain.Hour)]
    [InlineData("30d", 120, 360, RollupGrain.Hour)]
    public void Named_times_have_always_the_same_steps(string name, int count, int minutes, RollupGrain grain)
    {
        foreach (var zone in new[] { TimeZoneInfo.Utc, Vienna, Kolkata })
        {
            var steps = RefusalSteps.Of(FailureTime.Find(name)!, Now, zone);

            Assert.Equal((count, TimeSpan.FromMinutes(minutes), grain), (steps.Count, steps.Width, steps.Grain));
            Assert.Equal(count - 1, steps.IndexOf(Now));
            Assert.InRange(steps.To, Now, Now + steps.Width);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(121)]
    [InlineData(1_441)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void Time_of_ones_own_is_covered_by_no_more_steps_than_fit(int minutes)
    {
        var from = Now.AddMinutes(-minutes).AddSeconds(7);
        var steps = RefusalSteps.Of(new FailureTime.Between(from, Now), Now, Vienna);

        Assert.InRange(steps.Count, 1, RefusalSteps.Most);
        Assert.True(steps.From <= from || minutes > 1_000_000);
        Assert.True(steps.To >= Now);
        Assert.Equal(0, steps.IndexOf(steps.From));
    }

    [Theory]
    [InlineData(7, RollupGrain.Minute)]
    [InlineData(9, RollupGrain.Hour)]
    [InlineData(99, RollupGrain.Hour)]
    [InlineData(101, RollupGrain.Day)]
    public void Steps_are_no_finer_than_what_is_still_counted(int days, RollupGrain grain)
    {
        var from = Now.AddDays(-days);

        Assert.Equal(grain, RefusalSteps.Of(new FailureTime.Between(from, from.AddMinutes(30)), Now, Vienna).Grain);
    }

    [Fact]
    public void Steps_of_hours_begin_on_the_zones_clock()
    {
        var vienna = RefusalSteps.Of(FailureTime.Find("30d")!, Now, Vienna);
        var kolkata = RefusalSteps.Of(FailureTime.Find("30d")!, Now, Kolkata);

        Assert.Equal(0, TimeZoneInfo.ConvertTime(vienna.To, Vienna).Hour % 6);

        // Counts begin with hours of UTC, so half an hour is left.
        Assert.Equal((0, 30), (kolkata.From.Minute, TimeZoneInfo.ConvertTime(kolkata.From, Kolkata).Minute));
        Assert.Equal(0, TimeZoneInfo.ConvertTime(kolkata.To, Kolkata).Hour % 6);
    }

    [Fact]
    public void Nothing_is_looked_for_ahead_or_before_anything_was_counted()
    {
        var ahead = RefusalSteps.Of(new FailureTime.Between(Now.AddHours(-1), Now.AddDays(300)), Now, Vienna);
        var never = RefusalSteps.Of(new FailureTime.Between(Now.AddDays(1), Now.AddDays(2)), Now, Vienna);
        var always = RefusalSteps.Of(new FailureTime.Between(Now.AddYears(-50), Now), Now, Vienna);

        Assert.Equal(TimeSpan.FromMinutes(1), ahead.Width);
        Assert.InRange(never.Count, 1, 2);
        Assert.InRange(always.Count, 30, RefusalSteps.Most);
    }

    [Fact]
    public void Counts_are_added_up_by_step_and_code_most_first()
    {
        var steps = RefusalSteps.Of(FailureTime.Day, Now, TimeZoneInfo.Utc);
        var series = RefusalSeries.Of(
            steps,
            [
                new RefusalCount(steps.From, "A", 2),
                new RefusalCount(steps.From.AddMinutes(14), "A", 1),
                new RefusalCount(steps.At(95), "B", 5),
                new RefusalCount(steps.To, "B", 100),
                new RefusalCount(steps.From.AddMinutes(-1), "B", 100),
            ]);

        Assert.Equal([("B", 5L), ("A", 3L)], series.Codes.Select(code => (code.Code, code.Total)));
        Assert.Equal((3, 0, 5, 8), (series.TotalAt(0), series.TotalAt(1), series.TotalAt(95), series.Total));

        var folded = series.Fold(1, out var others);
        Assert.Equal("B", Assert.Single(folded).Code);
        Assert.Equal(3, others!.Total);
    }

    [Fact]
    public void Code_keeps_its_colour_while_others_overtake_it()
    {
        var slots = new CodeSlots();
        var before = slots.Arrange([Code("A", 9), Code("B", 5)]);
        var after = slots.Arrange([Code("B", 12), Code("A", 9), Code("C", 1)]);
        var many = slots.Arrange([.. "DEFGHB".Select(code => Code(code.ToString(), 1))]);

        Assert.Equal([("A", 1), ("B", 2)], before.Select(part => (part.Counts.Code, part.Slot)));
        Assert.Equal([("A", 1), ("B", 2), ("C", 3)], after.Select(part => (part.Counts.Code, part.Slot)));
        Assert.Equal(2, many.Single(part => part.Counts.Code == "B").Slot);
        Assert.Equal([1, 2, 3, 4, 5, 6], many.Select(part => part.Slot));
    }

    private static CodeCounts Code(string code, long count) => new(code, [count]);
}
