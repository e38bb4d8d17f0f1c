using Dashboard.Core.Events.Rollups;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>Asks the counts of refusals what rules ask. Counts are kept to the minute: the minute that a window begins in is whole.</summary>
internal sealed class RuleCounts(RefusalCounts counts)
{
    /// <summary>What an alert of a rule in total is about.</summary>
    public const string Total = "total";

    private const int MostValues = 100;
    private static readonly TimeSpan ReadToTheMinute = TimeSpan.FromHours(2);

    /// <summary>Who reaches a rule's threshold at a time, most first.</summary>
    public async Task<IReadOnlyList<RefusalShare>> FindAboveAsync(AlertRule rule, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var range = RangeOf(now - rule.Window, now);
        var candidates = await FindCandidatesAsync(rule.By, rule.Code, rule.Threshold, range, cancellationToken);
        if (rule.By is AlertRuleBy.None || range.To - range.From <= ReadToTheMinute)
        {
            return candidates;
        }

        // Longer ranges are read in whole hours, which is too much: the minutes tell who is really above.
        List<RefusalShare> above = [];
        foreach (var candidate in candidates)
        {
            var minutes = await ReadMinutesAsync(rule.By, rule.Code, candidate.Value, range, cancellationToken);
            if (minutes.Sum(minute => minute.Count) is var count && count >= rule.Threshold)
            {
                above.Add(candidate with { Count = count });
            }
        }

        return above;
    }

    /// <summary>Who may have so many refusals in a range, most first; nobody else has.</summary>
    public async Task<IReadOnlyList<RefusalShare>> FindCandidatesAsync(
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

    /// <summary>With the minute that it begins in, and the one that it ends in.</summary>
    public static TimeRange RangeOf(DateTimeOffset from, DateTimeOffset to) => new(MinuteOf(from), MinuteOf(to).AddMinutes(1));

    private static DateTimeOffset MinuteOf(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMinute));

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
