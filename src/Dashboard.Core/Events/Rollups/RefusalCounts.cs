namespace Dashboard.Core.Events.Rollups;

/// <summary>
/// How many requests were refused, when, why and whose. Counted when they happened, so that it is right for those too that
/// no event was kept of, and on every node together.
/// </summary>
public sealed class RefusalCounts
{
    private readonly IRollupStore _store;

    internal RefusalCounts(IRollupStore store) => _store = store;

    /// <inheritdoc cref="IRollupStore.ReadSeriesAsync"/>
    public Task<IReadOnlyList<RefusalCount>> ReadSeriesAsync(
        RefusalFilter filter, RollupGrain grain, TimeRange range, CancellationToken cancellationToken) =>
        _store.ReadSeriesAsync(filter, grain, range, cancellationToken);

    /// <inheritdoc cref="IRollupStore.ReadTopsAsync"/>
    public Task<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>> ReadTopsAsync(
        IReadOnlyCollection<RefusalDimension> dimensions,
        RefusalFilter filter,
        TimeRange range,
        int limit,
        CancellationToken cancellationToken) =>
        _store.ReadTopsAsync(dimensions, filter, range, limit, cancellationToken);

    /// <summary>The same by one dimension.</summary>
    public async Task<IReadOnlyList<RefusalShare>> ReadTopAsync(
        RefusalDimension dimension, RefusalFilter filter, TimeRange range, int limit, CancellationToken cancellationToken) =>
        (await ReadTopsAsync([dimension], filter, range, limit, cancellationToken))[dimension];
}

/// <summary>From a time on, and before another.</summary>
/// <param name="From">The first moment in it.</param>
/// <param name="To">The first moment behind it.</param>
public readonly record struct TimeRange(DateTimeOffset From, DateTimeOffset To);

/// <summary>How many refusals of one code fell into one step of time.</summary>
/// <param name="At">When the step begins, in UTC.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Count">How many.</param>
public sealed record RefusalCount(DateTimeOffset At, string Code, long Count);

/// <summary>How many refusals one client, address, subject or endpoint had of one range.</summary>
/// <param name="Value">Which one; <see cref="Others"/> for all those that were too many to be told apart.</param>
/// <param name="Count">How many, of all codes that the filter covers.</param>
/// <param name="MainCode">The code that most of them had.</param>
public sealed record RefusalShare(string Value, long Count, string MainCode)
{
    /// <summary>Stands for values beyond the most that are told apart within one step of time.</summary>
    public const string Others = "(others)";
}
