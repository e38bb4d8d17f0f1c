using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Redis;

/// <summary>
/// Finds the numbers of entries that a filter covers. One condition is one index; of several, the shortest is walked and
/// the others asked about each of its entries.
/// </summary>
internal sealed class RedisAuditSearch(RedisDatabase database, AuditFilter filter)
{
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
            ? (await database.RunAsync(redis => NumberIndex.ReadAsync(redis, only, before, limit), cancellationToken), sizes[0])
            : await database.WalkAsync(
                ordered[0], (redis, number) => IsInAllAsync(redis, ordered[1..], number), (before, limit), most, cancellationToken);
    }

    private static async Task<bool> IsInAllAsync(IDatabaseAsync redis, RedisKey[] others, long number)
    {
        var scores = await Task.WhenAll(others.Select(other => redis.SortedSetScoreAsync(other, number)));
        return Array.TrueForAll(scores, score => score is not null);
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
