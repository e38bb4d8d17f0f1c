using Dashboard.Core.Events.Rollups;

namespace Dashboard.Hosting.Failures;

/// <summary>What was counted at the same hour of the week in the past weeks.</summary>
public sealed record Usual(double Low, double Middle, double High)
{
    /// <summary>Null of no samples.</summary>
    public static Usual? Of(IReadOnlyList<double> samples)
    {
        if (samples is [])
        {
            return null;
        }

        List<double> sorted = [.. samples.Order()];
        return new Usual(sorted[0], (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted[^1]);
    }
}

/// <summary>Why there is no usual to compare with.</summary>
public enum UsualGap
{
    /// <summary>There is one.</summary>
    None,

    /// <summary>Nothing was counted a week ago.</summary>
    TooYoung,

    /// <summary>The hours of that time are not kept any more.</summary>
    TooLong,
}

/// <summary>What was counted in past hours.</summary>
/// <param name="Since">Since when counts are whole; null where nothing was counted.</param>
/// <param name="Hours">How many were refused in each hour, by code; hours without any are missing.</param>
public sealed record PastHours(DateTimeOffset? Since, IReadOnlyList<RefusalCount> Hours);

/// <summary>
/// What is usual in each step: the lowest, the middle and the highest of the same hour of the week in the past four weeks.
/// Hours are those of a zone's clock: people come at nine, in summer and in winter.
/// </summary>
/// <param name="Steps">For each step; null where nothing was counted then.</param>
/// <param name="Gap">Why there is none.</param>
public sealed record UsualBand(IReadOnlyList<Usual?> Steps, UsualGap Gap)
{
    public const int Weeks = 4;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>Nothing to compare with.</summary>
    public static UsualBand Without(UsualGap gap) => new([], gap);

    /// <summary>The times whose hours are needed; those of long times overlap and are one.</summary>
    public static IReadOnlyList<TimeRange> RangesOf(RefusalSteps steps, TimeZoneInfo zone)
    {
        var last = steps.At(steps.Count - 1);
        var ranges = Enumerable.Range(1, Weeks)
            .Select(week => new TimeRange(
                FloorHour(Before(steps.From, week, zone)), FloorHour(Before(last, week, zone)) + CeilHour(steps.Width)))
            .ToList();
        return steps.To - steps.From < Week ? ranges : [new TimeRange(ranges[^1].From, ranges[0].To)];
    }

    /// <summary>The band over steps.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="past">The hours of <see cref="RangesOf"/> at least.</param>
    /// <param name="zone">Whose clock says what the same hour is.</param>
    public static UsualBand Of(RefusalSteps steps, PastHours past, TimeZoneInfo zone)
    {
        if (past.Since is not { } since || since > steps.To - Week)
        {
            return Without(UsualGap.TooYoung);
        }

        var hours = past.Hours.GroupBy(count => count.At).ToDictionary(hour => hour.Key, hour => hour.Sum(count => count.Count));
        List<Usual?> band = [.. Enumerable.Range(0, steps.Count).Select(index => Usual.Of([.. Samples(index)]))];
        return band.TrueForAll(step => step is null) ? Without(UsualGap.TooYoung) : new UsualBand(band, UsualGap.None);

        IEnumerable<double> Samples(int index) => Enumerable.Range(1, Weeks)
            .Select(week => FloorHour(Before(steps.At(index), week, zone)))
            .Where(hour => hour >= since)
            .Select(hour => CountOf(hour, steps.Width));

        double CountOf(DateTimeOffset hour, TimeSpan width) => width < Hour
            ? hours.GetValueOrDefault(hour) * (width / Hour)
            : Enumerable.Range(0, (int)(width / Hour)).Sum(further => hours.GetValueOrDefault(hour + (Hour * further)));
    }

    // The same time of the clock; one that was skipped is the hour after it.
    private static DateTimeOffset Before(DateTimeOffset moment, int weeks, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime - (Week * weeks);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local + Hour : local, zone));
    }

    private static DateTimeOffset FloorHour(DateTimeOffset moment) => new(moment.UtcTicks - (moment.UtcTicks % Hour.Ticks), TimeSpan.Zero);

    private static TimeSpan CeilHour(TimeSpan width) => width < Hour ? Hour : width;
}
