using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Redis;

/// <summary>
/// Finds the numbers of events that a filter covers. The narrowest index of what the filter names is walked, and the others are
/// asked about each of its events; without any they are what a few indexes hold together, one for each outcome.
/// </summary>
internal sealed class RedisEventSearch(RedisDatabase database, EventFilter filter)
{
    private readonly RedisKeys _keys = database.Keys;

    /// <summary>The newest numbers below a limit, and how many there are in all, counted a little past <paramref name="most"/>.</summary>
    public async Task<(IReadOnlyList<long> Numbers, long Total)> FindAsync(
        long before, int limit, int most, CancellationToken cancellationToken)
    {
        List<RedisKey> ways = [.. Ways()];
        List<RedisKey> indexes = ways is [] ? [.. IndexesOfOutcomes()] : [ways[0]];
        var isDecided = ways is []
            ? filter is { From: null, Before: null }
            : filter is { Kind: null, Outcome: null, From: null, Before: null } && ways.Count is 1;
        if (isDecided)
        {
            var pages = await database.RunAsync(
                redis => Task.WhenAll(indexes.Select(index => NumberIndex.ReadAsync(redis, index, before, limit))), cancellationToken);
            var sizes = await database.RunAsync(
                redis => Task.WhenAll(indexes.Select(index => redis.SortedSetLengthAsync(index))), cancellationToken);
            return ([.. pages.SelectMany(numbers => numbers).OrderDescending().Take(limit)], sizes.Sum());
        }

        var range = await FindRangeAsync(cancellationToken);
        var walks = await Task.WhenAll(indexes.Select(index => database.WalkAsync(
            index, (redis, number) => IsCoveredAsync(redis, ways, number), (before, limit), most, cancellationToken, range)));
        return ([.. walks.SelectMany(walk => walk.Numbers).OrderDescending().Take(limit)], walks.Sum(walk => walk.Total));
    }

    // The narrowest first.
    private IEnumerable<RedisKey> Ways()
    {
        (string? Value, Func<string, RedisKey> Index)[] ways =
        [
            (filter.TokenId, _keys.EventsOfToken),
            (filter.Session, _keys.EventsOfSession),
            (filter.Agent, _keys.EventsOfAgent),
            (filter.Subject, _keys.EventsOfSubject),
            (filter.Address, _keys.EventsOfAddress),
            (filter.Client, _keys.EventsOfClient),
            (filter.Code, _keys.EventsOfCode),
            (filter.Endpoint, _keys.EventsOfEndpoint),
        ];
        return ways.Where(way => way.Value is not null).Select(way => way.Index(way.Value!));
    }

    private IEnumerable<RedisKey> IndexesOfOutcomes()
    {
        IEnumerable<EventOutcome> outcomes = filter.Outcome is { } outcome ? [outcome] : Enum.GetValues<EventOutcome>();
        return outcomes.Select(EventRow.NameOf).Select(name => filter.Kind is { } kind
            ? _keys.EventsOfKind(kind, name)
            : _keys.EventsOfOutcome(name));
    }

    // Numbers grow with time, but for what waited in another queue meanwhile: the edges are wide, and each event is asked for
    // its time.
    private async Task<NumberRange> FindRangeAsync(CancellationToken cancellationToken)
    {
        var first = filter.From is not { } from ? [] : await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(_keys.EventsByTime, from.ToUnixTimeMilliseconds(), take: 1), cancellationToken);
        var last = filter.Before is not { } before ? [] : await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                _keys.EventsByTime, stop: before.ToUnixTimeMilliseconds(), exclude: Exclude.Stop, order: Order.Descending, take: 1),
            cancellationToken);
        return new NumberRange(
            (filter.From, first) switch
            {
                (null, _) => 0,
                (_, [var number]) => (long)number - EventLog.QueueLength,
                _ => long.MaxValue,
            },
            (filter.Before, last) switch
            {
                (null, _) => long.MaxValue,
                (_, [var number]) => (long)number + EventLog.QueueLength,
                _ => 0,
            });
    }

    private async Task<bool> IsCoveredAsync(IDatabaseAsync redis, List<RedisKey> ways, long number)
    {
        var ofKind = filter.Kind is { } kind
            ? redis.SortedSetScoreAsync(_keys.EventsOfKind(kind), RedisEventStore.DigitsOf(number))
            : null;
        var ofOutcome = filter.Outcome is { } outcome
            ? redis.SortedSetScoreAsync(_keys.EventsOfOutcome(EventRow.NameOf(outcome)), number)
            : null;
        var time = filter is { From: null, Before: null } ? null : redis.SortedSetScoreAsync(_keys.EventsByTime, number);
        var ofOtherWays = ways.Skip(1).Select(way => redis.SortedSetScoreAsync(way, number)).ToList();
        return (ofKind is null || await ofKind is not null)
            && (ofOutcome is null || await ofOutcome is not null)
            && (time is null || IsInTime(await time))
            && (await Task.WhenAll(ofOtherWays)).All(score => score is not null);
    }

    private bool IsInTime(double? at) =>
        at is { } time
        && !(time < filter.From?.ToUnixTimeMilliseconds())
        && !(time >= filter.Before?.ToUnixTimeMilliseconds());
}
