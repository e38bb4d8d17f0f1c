using Dashboard.Core.Events;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;

namespace Dashboard.Hosting.Failures;

/// <summary>Reads what was refused, for the page, the overview and the API.</summary>
public sealed class FailureReader(RefusalCounts counts, EventLog events, TimeProvider clock)
{
    /// <summary>How many of each the tables of who show.</summary>
    public const int MostOfWhom = 8;

    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan LookBack = RollupSteps.RetentionOf(RollupGrain.Hour);

    // Of the hours that are kept the first weeks are what is compared with.
    private static readonly TimeSpan Comparable = LookBack - (Week * UsualBand.Weeks);

    /// <summary>The steps of a time as it is now.</summary>
    public RefusalSteps StepsOf(FailureTime time, TimeZoneInfo zone) => RefusalSteps.Of(time, clock.GetUtcNow(), zone);

    public async Task<RefusalSeries> ReadSeriesAsync(RefusalFilter filter, RefusalSteps steps, CancellationToken cancellationToken) =>
        RefusalSeries.Of(steps, await counts.ReadSeriesAsync(filter, steps.Grain, steps.Range, cancellationToken));

    /// <summary>What is usual in those steps, or why nobody can say.</summary>
    public async Task<UsualBand> ReadUsualAsync(
        RefusalFilter filter, RefusalSteps steps, TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        if (steps.Grain is RollupGrain.Day || steps.From < clock.GetUtcNow() - Comparable)
        {
            return UsualBand.Without(UsualGap.TooLong);
        }

        return UsualBand.Of(steps, await ReadPastAsync(filter, UsualBand.RangesOf(steps, zone), cancellationToken), zone);
    }

    /// <summary>The hours of some times in the past, as far as anything was counted whole then.</summary>
    public async Task<PastHours> ReadPastAsync(
        RefusalFilter filter, IEnumerable<TimeRange> ranges, CancellationToken cancellationToken)
    {
        var since = await FindSinceAsync(cancellationToken);
        List<RefusalCount> hours = [];
        foreach (var range in ranges.Where(range => range.To > since))
        {
            hours.AddRange(await counts.ReadSeriesAsync(filter, RollupGrain.Hour, range, cancellationToken));
        }

        return new PastHours(since, hours);
    }

    public Task<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>> ReadTopsAsync(
        IReadOnlyCollection<RefusalDimension> dimensions, RefusalFilter filter, RefusalSteps steps, CancellationToken cancellationToken) =>
        counts.ReadTopsAsync(dimensions, filter, steps.Range, MostOfWhom, cancellationToken);

    /// <summary>The refusals that were kept, newest first.</summary>
    public Task<Page<SecurityEvent>> ListAsync(
        FailureQuery query, RefusalSteps steps, string? cursor, int limit, CancellationToken cancellationToken) =>
        events.ListAsync(query.ToEvents(steps.Range), cursor, limit, cancellationToken);

    /// <summary>
    /// Since when refusals are counted, as far as it shows: the day after the first with any, because that one may have begun
    /// in its middle. Null where there were none.
    /// </summary>
    private async Task<DateTimeOffset?> FindSinceAsync(CancellationToken cancellationToken)
    {
        var today = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var range = new TimeRange(today - LookBack, today + TimeSpan.FromDays(1));
        var days = await counts.ReadSeriesAsync(RefusalFilter.None, RollupGrain.Day, range, cancellationToken);
        return days is [] ? null : days.Min(day => day.At) + TimeSpan.FromDays(1);
    }
}
