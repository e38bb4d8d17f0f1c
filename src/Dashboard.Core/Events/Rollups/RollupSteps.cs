namespace Dashboard.Core.Events.Rollups;

/// <summary>The steps of time in which refusals are counted. All begin in UTC.</summary>
public static class RollupSteps
{
    private static readonly TimeSpan ToTheMinute = TimeSpan.FromHours(2);
    private static readonly TimeSpan ToTheHour = TimeSpan.FromDays(2);

    /// <summary>How long a step is.</summary>
    public static TimeSpan LengthOf(RollupGrain grain) => grain switch
    {
        RollupGrain.Minute => TimeSpan.FromMinutes(1),
        RollupGrain.Hour => TimeSpan.FromHours(1),
        RollupGrain.Day => TimeSpan.FromDays(1),
        _ => throw new ArgumentOutOfRangeException(nameof(grain), grain, "No such grain."),
    };

    /// <summary>How long counts of a grain are kept.</summary>
    public static TimeSpan RetentionOf(RollupGrain grain) => grain switch
    {
        RollupGrain.Minute => TimeSpan.FromDays(8),
        RollupGrain.Hour => TimeSpan.FromDays(100),
        RollupGrain.Day => TimeSpan.FromDays(1_100),
        _ => throw new ArgumentOutOfRangeException(nameof(grain), grain, "No such grain."),
    };

    /// <summary>When the step begins that a time is in, in Unix milliseconds.</summary>
    internal static long Begin(RollupGrain grain, DateTimeOffset at)
    {
        var (time, length) = (at.ToUnixTimeMilliseconds(), (long)LengthOf(grain).TotalMilliseconds);
        return time - (((time % length) + length) % length);
    }

    /// <summary>Every step that touches a range, in Unix milliseconds.</summary>
    internal static IEnumerable<long> Of(RollupGrain grain, TimeRange range)
    {
        var length = (long)LengthOf(grain).TotalMilliseconds;
        for (var at = Begin(grain, range.From); at < range.To.ToUnixTimeMilliseconds(); at += length)
        {
            yield return at;
        }
    }

    /// <summary>The fewest steps for a sum over a range: minutes for a short one, otherwise hours, and days where they are whole.</summary>
    internal static IReadOnlyList<(RollupGrain Grain, TimeRange Range)> SumOf(TimeRange range)
    {
        var length = range.To - range.From;
        if (length <= ToTheMinute)
        {
            return [(RollupGrain.Minute, range)];
        }

        var hours = new TimeRange(Time(Begin(RollupGrain.Hour, range.From)), range.To);
        if (length <= ToTheHour)
        {
            return [(RollupGrain.Hour, hours)];
        }

        var firstDay = Time(Begin(RollupGrain.Day, hours.From.AddDays(1).AddMilliseconds(-1)));
        var behindDays = Time(Begin(RollupGrain.Day, range.To));
        return
        [
            (RollupGrain.Hour, new TimeRange(hours.From, firstDay)),
            (RollupGrain.Day, new TimeRange(firstDay, behindDays)),
            (RollupGrain.Hour, new TimeRange(behindDays, range.To)),
        ];
    }

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
