using Dashboard.Core.Events.Rollups;
using Dashboard.Hosting.Failures;

namespace Dashboard.Overview;

/// <summary>What fails right now: by code, and over the last 24 hours.</summary>
/// <param name="Codes">Every code, against what is usual for it.</param>
/// <param name="Series">The hours.</param>
/// <param name="Usual">What is usual in them.</param>
public sealed record FailingNow(RefusalsNow Codes, RefusalSeries Series, UsualBand Usual);

/// <summary>Reads it.</summary>
public sealed class FailingNowReader(RefusalsNowReader codes, FailureReader failures)
{
    public async Task<FailingNow> ReadAsync(TimeZoneInfo zone, CancellationToken cancellationToken)
    {
        var (steps, range) = (failures.StepsOf(FailureTime.Day, zone), codes.Range);

        // Both are compared with nearly the same hours: each week is read once, as far as either goes.
        var weeks = UsualBand.RangesOf(steps, zone).Zip(RefusalsNowReader.PastOf(range), Cover);
        var past = await failures.ReadPastAsync(RefusalFilter.None, weeks, cancellationToken);
        return new FailingNow(
            await codes.ReadAsync(range, past, cancellationToken),
            await failures.ReadSeriesAsync(RefusalFilter.None, steps, cancellationToken),
            UsualBand.Of(steps, past, zone));
    }

    private static TimeRange Cover(TimeRange one, TimeRange other) =>
        new(one.From < other.From ? one.From : other.From, one.To > other.To ? one.To : other.To);
}
