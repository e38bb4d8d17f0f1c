using Dashboard.Core.Events.Rollups;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>Asks the counts of refusals what rules ask. Counts are kept to the minute: the minute that a window begins in is whole.</summary>
internal sealed class RuleCounts(RefusalCounts counts)
{
    /// <summary>What an alert of a rule in total is about.</summary>
    public const string Total = "total";

    private const int MostValues = 100;

    /// <summary>Who reaches a rule's threshold at a time, most first.</summary>
    public async Task<IReadOnlyList<RefusalShare>> FindAboveAsync(AlertRule rule, DateTimeOffset now, CancellationToken cancellationToken) =>
        await FindAboveAsync(rule.By, rule.Code, rule.Threshold, RangeOf(now - rule.Window, now), cancellationToken);

    /// <summary>The same for any range.</summary>
    public async Task<IReadOnlyList<RefusalShare>> FindAboveAsync(
        AlertRuleBy by, string? code, int threshold, TimeRange range, CancellationToken cancellationToken)
    {
        var filter = new RefusalFilter(Code: code);
        var shares = by is AlertRuleBy.None
            ? await TotalAsync(filter, range, cancellationToken)
            : await counts.ReadTopAsync(DimensionOf(by), filter, range, MostValues, cancellationToken);

        // Those who were too many to be told apart are nobody.
        return [.. shares.Where(share => share.Count >= threshold && share.Value != RefusalShare.Others)];
    }

    /// <summary>How many refusals one value of a dimension had in each minute of a range.</summary>
    public Task<IReadOnlyList<RefusalCount>> ReadMinutesAsync(
        AlertRuleBy by, string? code, string value, TimeRange range, CancellationToken cancellationToken) => counts.ReadSeriesAsync(
        by switch
        {
            AlertRuleBy.Client => new RefusalFilter(Code: code, Client: value),
            AlertRuleBy.Address => new RefusalFilter(Code: code, Address: value),
            AlertRuleBy.Subject => new RefusalFilter(Code: code, Subject: value),
            _ => new RefusalFilter(Code: code),
        },
        RollupGrain.Minute,
        range,
        cancellationToken);

    public static TimeRange RangeOf(DateTimeOffset from, DateTimeOffset to) =>
        new(from.AddTicks(-(from.Ticks % TimeSpan.TicksPerMinute)), to);

    private async Task<IReadOnlyList<RefusalShare>> TotalAsync(
        RefusalFilter filter, TimeRange range, CancellationToken cancellationToken)
    {
        var series = await counts.ReadSeriesAsync(filter, RollupGrain.Minute, range, cancellationToken);
        return series is [] ? [] : [new RefusalShare(
            Total,
            series.Sum(step => step.Count),
            series.GroupBy(step => step.Code, StringComparer.Ordinal).MaxBy(code => code.Sum(step => step.Count))!.Key)];
    }

    private static RefusalDimension DimensionOf(AlertRuleBy by) => by switch
    {
        AlertRuleBy.Client => RefusalDimension.Client,
        AlertRuleBy.Address => RefusalDimension.Address,
        AlertRuleBy.Subject => RefusalDimension.Subject,
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Nothing is counted apart."),
    };
}
