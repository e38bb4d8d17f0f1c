using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Redis;

/// <summary>
/// Finds the numbers of entries that a filter covers. One condition is one index; of several, the shortest is walked and
/// the others asked about each of its entries.
/// </summary>
internal sealed class RedisAuditSearch(RedisDatabase database, AuditFilter filter)
{
    private const int Step = 1_000;

    /// <summary>The newest numbers below a limit, and how many there are in all, counted a little past <paramref name="most"/>.</summary>
    public async Task<(IReadOnlyList<long> Numbers, long Total)> FindAsync(
        long before, int limit, int most, CancellationToken cancellationToken)
    {
        var indexes = Indexes();
        if (indexes is [])
        {
            var newest = (long)await database.RunAsync(
                redis => redis.HashGetAsync(database.Keys.AuditHead, "number"), cancellationToken);
            var last = Math.Min(newest, before - 1);
            return ([.. Enumerable.Range(0, (int)Math.Min(limit, Math.Max(last, 0))).Select(index => last - index)], newest);
        }

        var sizes = await database.RunAsync(
            redis => Task.WhenAll(indexes.Select(index => redis.SortedSetLengthAsync(index))), cancellationToken);
        RedisKey[] ordered = [.. indexes.Zip(sizes).OrderBy(pair => pair.Second).Select(pair => pair.First)];
        return ordered is [var only]
            ? (await ReadAsync(only, before, limit, cancellationToken), sizes[0])
            : await WalkAsync(ordered, before, limit, most, cancellationToken);
    }

    private async Task<(IReadOnlyList<long> Numbers, long Total)> WalkAsync(
        RedisKey[] indexes, long before, int limit, int most, CancellationToken cancellationToken)
    {
        List<long> found = [];
        var total = 0L;
        IReadOnlyList<long> step;
        var place = long.MaxValue;
        do
        {
            step = await ReadAsync(indexes[0], place, Step, cancellationToken);
            foreach (var number in await CoveredAsync(step, indexes[1..], cancellationToken))
            {
                total++;
                if (number < before && found.Count < limit)
                {
                    found.Add(number);
                }
            }

            place = step is [.., var last] ? last : 0;
        }
        while (step.Count == Step && (total <= most || found.Count < limit));

        return (found, total);
    }

    private async Task<IEnumerable<long>> CoveredAsync(
        IReadOnlyList<long> numbers, RedisKey[] others, CancellationToken cancellationToken)
    {
        var covered = await database.RunAsync(
            redis => Task.WhenAll(numbers.Select(async number =>
            {
                var scores = await Task.WhenAll(others.Select(other => redis.SortedSetScoreAsync(other, number)));
                return Array.TrueForAll(scores, score => score is not null);
            })),
            cancellationToken);
        return numbers.Where((_, index) => covered[index]);
    }

    private async Task<IReadOnlyList<long>> ReadAsync(RedisKey index, long before, int limit, CancellationToken cancellationToken)
    {
        var values = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                index, double.NegativeInfinity, before, Exclude.Stop, Order.Descending, 0, limit),
            cancellationToken);
        return [.. values.Select(value => (long)value)];
    }

    private List<RedisKey> Indexes()
    {
        List<RedisKey> indexes = [];
        if (filter.Operator is { } who)
        {
            indexes.Add(database.Keys.AuditBy(who));
        }

        if (filter.Action is { } action)
        {
            indexes.Add(database.Keys.AuditOf(action));
        }

        if (filter.ObjectId is { } objectId)
        {
            indexes.Add(database.Keys.AuditAbout(objectId));
        }

        return indexes;
    }
}
