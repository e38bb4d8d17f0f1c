using Dashboard.Core.Primitives;

namespace Dashboard.Core.Events.Rollups;

/// <summary>Keeps the counts of refusals. They are written with the events, in one step (<see cref="IEventStore.AppendAsync"/>).</summary>
internal interface IRollupStore
{
    /// <summary>How many were refused in each step of a range, by code, the oldest step first. Steps without any are left out.</summary>
    Task<IReadOnlyList<RefusalCount>> ReadSeriesAsync(
        RefusalFilter filter, RollupGrain grain, TimeRange range, CancellationToken cancellationToken);

    /// <summary>
    /// Who had most of the refusals in a range, most first, by each of some dimensions. A range longer than two hours is read
    /// to the hour, one longer than two days to the day where whole days are in it. What answers several is read once.
    /// </summary>
    Task<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>> ReadTopsAsync(
        IReadOnlyCollection<RefusalDimension> dimensions,
        RefusalFilter filter,
        TimeRange range,
        int limit,
        CancellationToken cancellationToken);

    /// <summary>Deletes up to <paramref name="limit"/> counts of one grain older than a time; returns how many went.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(RollupGrain grain, DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken);
}
