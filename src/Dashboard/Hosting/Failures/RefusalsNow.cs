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

    public async Task<RefusalsNow> ReadAsync(CancellationToken cancellationToken)
    {
        var range = HoursOf(reader.StepsOf(FailureTime.Day, TimeZoneInfo.Utc).To);
        var now = await ReadAsync(range, cancellationToken);
        var since = await reader.FindSinceAsync(cancellationToken);
        List<IReadOnlyDictionary<string, long>> weeks = [];
        foreach (var past in Enumerable.Range(1, UsualBand.Weeks).Select(week => Before(range, week)))
        {
            if (since is null || past.From < since)
            {
                break;
            }

            weeks.Add(await ReadAsync(past, cancellationToken));
        }

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

    private static TimeRange Before(TimeRange range, int weeks) => new(range.From - (Week * weeks), range.To - (Week * weeks));

    private async Task<IReadOnlyDictionary<string, long>> ReadAsync(TimeRange range, CancellationToken cancellationToken) =>
        (await counts.ReadSeriesAsync(RefusalFilter.None, RollupGrain.Hour, range, cancellationToken))
        .GroupBy(count => count.Code, StringComparer.Ordinal)
        .ToDictionary(code => code.Key, code => code.Sum(count => count.Count), StringComparer.Ordinal);
}
