using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;

namespace Dashboard.Tests.Unit.Alerts.Rules;

/// <summary>Counts of refusals that a test makes up, to the minute.</summary>
internal sealed class FakeRollups : IRollupStore
{
    private readonly List<Refusal> _refusals = [];

    public bool IsAway { get; set; }

    /// <summary>Reads shares as a store does that reads a longer range in whole hours.</summary>
    public bool ReadsHours { get; set; }

    public void Add(DateTimeOffset at, int count, string code, string client = "app", string address = "10.0.0.1", string subject = "alice") =>
        _refusals.Add(new Refusal(at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute)), count, code, client, address, subject));

    public Task<IReadOnlyList<RefusalCount>> ReadSeriesAsync(
        RefusalFilter filter, RollupGrain grain, TimeRange range, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<RefusalCount>>(
    [
        .. Find(filter, range)
            .GroupBy(refusal => (refusal.At, refusal.Code))
            .OrderBy(group => group.Key.At)
            .Select(group => new RefusalCount(group.Key.At, group.Key.Code, group.Sum(refusal => refusal.Count))),
    ]);

    public Task<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>> ReadTopsAsync(
        IReadOnlyCollection<RefusalDimension> dimensions,
        RefusalFilter filter,
        TimeRange range,
        int limit,
        CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>>(
            dimensions.ToDictionary(dimension => dimension, dimension => Top(dimension, filter, range, limit)));

    public Task<int> PurgeAsync(RollupGrain grain, DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        Task.FromResult(0);

    private IReadOnlyList<RefusalShare> Top(RefusalDimension dimension, RefusalFilter filter, TimeRange range, int limit) =>
    [
        .. Find(filter, ReadsHours ? range with { From = range.From.AddTicks(-(range.From.Ticks % TimeSpan.TicksPerHour)) } : range)
            .GroupBy(
                refusal => dimension switch
                {
                    RefusalDimension.Client => refusal.Client,
                    RefusalDimension.Address => refusal.Address,
                    _ => refusal.Subject,
                },
                StringComparer.Ordinal)
            .Select(group => new RefusalShare(group.Key, group.Sum(refusal => refusal.Count), group.First().Code))
            .OrderByDescending(share => share.Count)
            .Take(limit),
    ];

    private IEnumerable<Refusal> Find(RefusalFilter filter, TimeRange range) => IsAway
        ? throw new StoreUnavailableException("The test says no.")
        : _refusals.Where(refusal => refusal.At >= range.From && refusal.At < range.To
            && (filter.Code is null || filter.Code == refusal.Code)
            && (filter.Client is null || filter.Client == refusal.Client)
            && (filter.Address is null || filter.Address == refusal.Address)
            && (filter.Subject is null || filter.Subject == refusal.Subject));

    private sealed record Refusal(DateTimeOffset At, int Count, string Code, string Client, string Address, string Subject);
}
