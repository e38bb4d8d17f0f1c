using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;

namespace Dashboard.Tests.Unit.Failures;

/// <summary>Counts that were made by the test, years of them at once if need be.</summary>
internal sealed class FakeRollups : IRollupStore
{
    private readonly List<(DateTimeOffset At, string Code, RefusalFilter Of, long Count)> _refusals = [];
    private int _waiting;

    /// <summary>What was asked for.</summary>
    public List<(RollupGrain Grain, TimeRange Range, RefusalFilter Filter)> Reads { get; } = [];

    /// <summary>How often it was asked who had most.</summary>
    public int TopReads { get; private set; }

    public RefusalCounts Counts => new(this);

    /// <summary>True where it cannot be reached.</summary>
    public bool IsAway { get; set; }

    /// <summary>What an answer waits for.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>How many wait for an answer.</summary>
    public int Waiting => _waiting;

    /// <summary>How many waited for an answer at once, at the most.</summary>
    public int MostAtOnce { get; private set; }

    public void Add(DateTimeOffset at, string code = "TOKEN_EXPIRED", long count = 1, RefusalFilter? of = null) =>
        _refusals.Add((at, code, of ?? RefusalFilter.None, count));

    public async Task<IReadOnlyList<RefusalCount>> ReadSeriesAsync(
        RefusalFilter filter, RollupGrain grain, TimeRange range, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            throw new StoreUnavailableException("The test says no.");
        }

        MostAtOnce = Math.Max(MostAtOnce, ++_waiting);
        await Gate;
        _waiting--;
        Reads.Add((grain, range, filter));
        return
        [
            .. Covered(filter)
                .GroupBy(refusal => (At: Floor(refusal.At, grain), refusal.Code))
                .Where(group => group.Key.At >= Floor(range.From, grain) && group.Key.At < range.To)
                .OrderBy(group => group.Key.At)
                .Select(group => new RefusalCount(group.Key.At, group.Key.Code, group.Sum(refusal => refusal.Count))),
        ];
    }

    public Task<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>> ReadTopsAsync(
        IReadOnlyCollection<RefusalDimension> dimensions,
        RefusalFilter filter,
        TimeRange range,
        int limit,
        CancellationToken cancellationToken)
    {
        TopReads++;
        return Task.FromResult<IReadOnlyDictionary<RefusalDimension, IReadOnlyList<RefusalShare>>>(
            dimensions.ToDictionary(dimension => dimension, dimension => Top(dimension, filter, range, limit)));
    }

    public Task<int> PurgeAsync(RollupGrain grain, DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private IReadOnlyList<RefusalShare> Top(RefusalDimension dimension, RefusalFilter filter, TimeRange range, int limit) =>
    [
        .. Covered(filter)
            .Where(refusal => refusal.At >= range.From && refusal.At < range.To)
            .Select(refusal => (Value: ValueOf(dimension, refusal.Of), refusal.Code, refusal.Count))
            .Where(refusal => refusal.Value is not null)
            .GroupBy(refusal => refusal.Value!, StringComparer.Ordinal)
            .Select(group => new RefusalShare(
                group.Key,
                group.Sum(refusal => refusal.Count),
                group.GroupBy(refusal => refusal.Code, StringComparer.Ordinal).MaxBy(code => code.Sum(one => one.Count))!.Key))
            .OrderByDescending(share => share.Count)
            .Take(limit),
    ];

    private static DateTimeOffset Floor(DateTimeOffset at, RollupGrain grain)
    {
        var ticks = RollupSteps.LengthOf(grain).Ticks;
        return new DateTimeOffset(at.UtcTicks - (at.UtcTicks % ticks), TimeSpan.Zero);
    }

    private static string? ValueOf(RefusalDimension dimension, RefusalFilter of) => dimension switch
    {
        RefusalDimension.Client => of.Client,
        RefusalDimension.Address => of.Address,
        RefusalDimension.Subject => of.Subject,
        _ => of.Endpoint,
    };

    private IEnumerable<(DateTimeOffset At, string Code, RefusalFilter Of, long Count)> Covered(RefusalFilter filter) =>
        _refusals.Where(refusal => (filter.Code ?? refusal.Code) == refusal.Code
            && (filter.Client is null || filter.Client == refusal.Of.Client)
            && (filter.Address is null || filter.Address == refusal.Of.Address)
            && (filter.Subject is null || filter.Subject == refusal.Of.Subject)
            && (filter.Endpoint is null || filter.Endpoint == refusal.Of.Endpoint));
}
