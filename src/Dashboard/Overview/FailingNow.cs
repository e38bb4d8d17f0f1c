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
        var steps = failures.StepsOf(FailureTime.Day, zone);
        return new FailingNow(
            await codes.ReadAsync(cancellationToken),
            await failures.ReadSeriesAsync(Core.Events.Rollups.RefusalFilter.None, steps, cancellationToken),
            await failures.ReadUsualAsync(Core.Events.Rollups.RefusalFilter.None, steps, zone, cancellationToken));
    }
}
