using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Redis;

/// <summary>
/// Finds the numbers of events that a filter covers. Without a token they are what a few indexes hold together, one for
/// each outcome; with a token its own index is walked and the others are asked about each of its events.
/// </summary>
internal sealed class RedisEventSearch(RedisDatabase database, EventFilter filter)
{
    private const int Step = 1_000;

    /// <summary>The newest numbers below a limit, and how many there are in all, counted a little past <paramref name="most"/>.</summary>
    public async Task<(IReadOnlyList<long> Numbers, long Total)> FindAsync(
        long before, int limit, int most, CancellationToken cancellationToken)
    {
        if (filter is { TokenId: { } tokenId } and not { Kind: null, Outcome: null })
        {
            return await WalkAsync(database.Keys.EventsOfToken(tokenId), before, limit, most, cancellationToken);
        }

        List<RedisKey> indexes = [.. Indexes()];
        var pages = await database.RunAsync(
            redis => Task.WhenAll(indexes.Select(index => ReadAsync(redis, index, before, limit))), cancellationToken);
        var sizes = await database.RunAsync(
            redis => Task.WhenAll(indexes.Select(index => redis.SortedSetLengthAsync(index))), cancellationToken);
        return ([.. pages.SelectMany(numbers => numbers).OrderDescending().Take(limit)], sizes.Sum());
    }

    private IEnumerable<RedisKey> Indexes()
    {
        if (filter.TokenId is { } tokenId)
        {
            return [database.Keys.EventsOfToken(tokenId)];
        }

        IEnumerable<EventOutcome> outcomes = filter.Outcome is { } outcome ? [outcome] : Enum.GetValues<EventOutcome>();
        return outcomes.Select(EventRow.NameOf).Select(name => filter.Kind is { } kind
            ? database.Keys.EventsOfKind(kind, name)
            : database.Keys.EventsOfOutcome(name));
    }

    private async Task<(IReadOnlyList<long> Numbers, long Total)> WalkAsync(
        RedisKey index, long before, int limit, int most, CancellationToken cancellationToken)
    {
        List<long> found = [];
        var total = 0L;
        long[] step;
        var place = long.MaxValue;
        do
        {
            step = await database.RunAsync(redis => ReadAsync(redis, index, place, Step), cancellationToken);
            var covered = await database.RunAsync(
                redis => Task.WhenAll(step.Select(number => IsCoveredAsync(redis, number))), cancellationToken);
            foreach (var number in step.Where((_, position) => covered[position]))
            {
                total++;
                if (number < before && found.Count < limit)
                {
                    found.Add(number);
                }
            }

            place = step is [.., var last] ? last : 0;
        }
        while (step.Length == Step && (total <= most || found.Count < limit));

        return (found, total);
    }

    private async Task<bool> IsCoveredAsync(IDatabaseAsync redis, long number)
    {
        var ofKind = filter.Kind is { } kind
            ? redis.SortedSetScoreAsync(database.Keys.EventsOfKind(kind), RedisEventStore.DigitsOf(number))
            : null;
        var ofOutcome = filter.Outcome is { } outcome
            ? redis.SortedSetScoreAsync(database.Keys.EventsOfOutcome(EventRow.NameOf(outcome)), number)
            : null;
        return (ofKind is null || await ofKind is not null) && (ofOutcome is null || await ofOutcome is not null);
    }

    private static async Task<long[]> ReadAsync(IDatabaseAsync redis, RedisKey index, long before, int limit) =>
        [.. (await redis.SortedSetRangeByScoreAsync(
            index, stop: before, exclude: Exclude.Stop, order: Order.Descending, take: limit)).Select(value => (long)value)];
}
