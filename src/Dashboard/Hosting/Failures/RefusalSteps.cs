using Dashboard.Core.Events.Rollups;

namespace Dashboard.Hosting.Failures;

/// <summary>A time cut into steps of the same width: so many that a chart shows them all, and no finer than what was counted.</summary>
/// <param name="From">When the first step begins, in UTC.</param>
/// <param name="Width">How long each is.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Grain">Which counts are added up.</param>
public sealed record RefusalSteps(DateTimeOffset From, TimeSpan Width, int Count, RollupGrain Grain)
{
    /// <summary>More columns than that are too thin to be told apart.</summary>
    public const int Most = 120;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly IReadOnlyList<TimeSpan> Widths =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12 }.Select(hours => TimeSpan.FromHours(hours)),
        .. new[] { 1, 2, 7, 14, 30 }.Select(days => TimeSpan.FromDays(days)),
    ];

    /// <summary>The first moment behind the last step.</summary>
    public DateTimeOffset To => At(Count);

    public TimeRange Range => new(From, To);

    /// <summary>When a step begins.</summary>
    public DateTimeOffset At(int index) => From + (Width * index);

    /// <summary>The step that a moment falls into; outside of 0 to <see cref="Count"/> where it falls into none.</summary>
    public int IndexOf(DateTimeOffset moment) => (int)Math.Floor((moment - From) / Width);

    /// <summary>The steps of a time. Those of hours begin at full hours of a zone's clock, those of days at midnight in UTC.</summary>
    public static RefusalSteps Of(FailureTime time, DateTimeOffset now, TimeZoneInfo zone)
    {
        var range = Clamp(time.At(now), now);
        var steps = Widths.Select(width => Cut(time, range, width, zone)).ToList();
        return steps.Find(found => found.Count <= Most && range.From >= now - RollupSteps.RetentionOf(found.Grain)) ?? steps[^1];
    }

    // Nothing was counted before, and nothing is counted ahead.
    private static TimeRange Clamp(TimeRange range, DateTimeOffset now)
    {
        var to = range.To < now ? range.To : now;
        var oldest = now - RollupSteps.RetentionOf(RollupGrain.Day);
        var from = range.From > oldest ? range.From : oldest;
        return from < to ? new TimeRange(from, to) : new TimeRange(range.From, range.From + TimeSpan.FromMinutes(1));
    }

    private static RefusalSteps Cut(FailureTime time, TimeRange range, TimeSpan width, TimeZoneInfo zone)
    {
        var shift = ShiftOf(width, zone, range.To);
        var to = Floor(range.To + width - TimeSpan.FromTicks(1), width, shift);

        // What goes on with the time always has the same number of steps; the last one is not over yet.
        var from = time is FailureTime.Last
            ? to - (width * Math.Ceiling((range.To - range.From) / width))
            : Floor(range.From, width, shift);
        return new RefusalSteps(from, width, (int)Math.Round((to - from) / width), GrainOf(width));
    }

    private static DateTimeOffset Floor(DateTimeOffset moment, TimeSpan width, TimeSpan shift)
    {
        var local = moment.UtcTicks + shift.Ticks;
        return new DateTimeOffset(local - (local % width.Ticks) - shift.Ticks, TimeSpan.Zero);
    }

    // Counts of hours begin with the hours of UTC: half an hour of a zone cannot be kept.
    private static TimeSpan ShiftOf(TimeSpan width, TimeZoneInfo zone, DateTimeOffset at) =>
        GrainOf(width) is RollupGrain.Hour ? TimeSpan.FromHours(Math.Floor(zone.GetUtcOffset(at).TotalHours)) : TimeSpan.Zero;

    private static RollupGrain GrainOf(TimeSpan width) =>
        width < Hour ? RollupGrain.Minute : width < Day ? RollupGrain.Hour : RollupGrain.Day;
}
