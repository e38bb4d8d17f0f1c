using Dashboard.Core.Events.Rollups;

namespace Dashboard.Hosting.Failures;

/// <summary>How many were refused with one code in the last 24 hours, against the same 24 hours of the past weeks.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Count">How many.</param>
/// <param name="Usual">The lowest, middle and highest of the past four weeks; null where there is less than a week of them.</param>
public sealed record RefusalNow(string Code, long Count, Usual? Usual)
{
    // So many more than ever are an accident of small numbers.
    private const int Slack = 5;

    /// <summary>True where it is so much more than the highest of the past weeks that somebody should look.</summary>
    public bool IsUnusual => Usual is { High: var high } && Count > high + Math.Max(Slack, high / 2);
}

/// <summary>What fails right now: every code of the last 24 hours, most first.</summary>
/// <param name="Range">The hours that were counted, the present one included.</param>
/// <param name="Codes">The codes.</param>
/// <param name="HasUsual">False where there is less than a week to compare with.</param>
public sealed record RefusalsNow(TimeRange Range, IReadOnlyList<RefusalNow> Codes, bool HasUsual)
{
    public long Total { get; } = Codes.Sum(code => code.Count);
}

/// <summary>Reads what fails right now, for the overview and the API.</summary>
public sealed class RefusalsNowReader(FailureReader reader, RefusalCounts counts)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    /// <summary>The hours that are counted now: the present one included.</summary>
    public TimeRange Range => HoursOf(reader.StepsOf(FailureTime.Day, TimeZoneInfo.Utc).To);

    /// <summary>The same hours of the past weeks, the last one first.</summary>
    public static IReadOnlyList<TimeRange> PastOf(TimeRange range) =>
        [.. Enumerable.Range(1, UsualBand.Weeks).Select(week => new TimeRange(range.From - (Week * week), range.To - (Week * week)))];

    public async Task<RefusalsNow> ReadAsync(CancellationToken cancellationToken)
    {
        var range = Range;
        return await ReadAsync(range, await reader.ReadPastAsync(RefusalFilter.None, PastOf(range), cancellationToken), cancellationToken);
    }

    /// <summary>The same, for whoever has read the past already.</summary>
    /// <param name="range">The hours to count.</param>
    /// <param name="past">The hours of <see cref="PastOf"/> at least.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RefusalsNow> ReadAsync(TimeRange range, PastHours past, CancellationToken cancellationToken)
    {
        var now = ByCode(await counts.ReadSeriesAsync(RefusalFilter.None, RollupGrain.Hour, range, cancellationToken));
        List<IReadOnlyDictionary<string, long>> weeks =
        [
            .. PastOf(range).Where(week => week.From >= past.Since)
                .Select(week => ByCode(past.Hours.Where(count => count.At >= week.From && count.At < week.To))),
        ];
        return new RefusalsNow(
            range,
            [
                .. now.OrderByDescending(code => code.Value).ThenBy(code => code.Key, StringComparer.Ordinal)
                    .Select(code => new RefusalNow(code.Key, code.Value, UsualOf(code.Key))),
            ],
            weeks is not []);

        Usual? UsualOf(string code) => Usual.Of([.. weeks.Select(week => (double)week.GetValueOrDefault(code))]);
    }

    private static TimeRange HoursOf(DateTimeOffset to)
    {
        var hours = TimeSpan.FromHours(Math.Ceiling(to.UtcTicks / (double)TimeSpan.TicksPerHour));
        var end = new DateTimeOffset(hours.Ticks, TimeSpan.Zero);
        return new TimeRange(end - FailureTime.Day.Length, end);
    }

    private static Dictionary<string, long> ByCode(IEnumerable<RefusalCount> hours) => hours
        .GroupBy(count => count.Code, StringComparer.Ordinal)
        .ToDictionary(code => code.Key, code => code.Sum(count => count.Count), StringComparer.Ordinal);
}
