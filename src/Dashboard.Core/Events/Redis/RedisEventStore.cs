using System.Globalization;
using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Events.Rollups.Redis;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Events.Redis;

internal sealed class RedisEventStore(RedisDatabase database) : IEventStore
{
    private const int MostToCount = 10_000;

    // A request has few events; only a reference that callers choose themselves and use again has many.
    private const int FoundAtOnce = 50;

    public async Task AppendAsync(
        IReadOnlyList<SecurityEvent> events, IReadOnlyDictionary<RollupCell, long> counts, CancellationToken cancellationToken)
    {
        var indexes = new RedisEventIndexes(database.Keys);
        var write = new RedisRollupWrite(indexes.PlaceOf, new RedisRollupKeys(database.Keys));
        RedisValue[] arguments =
        [
            events.Count,
            .. events.Select(EventRow.From).SelectMany(indexes.ArgumentsOf),
            .. counts.SelectMany(item => write.ArgumentsOf(item.Key, item.Value)),
        ];
        await database.EvaluateAsync(RedisEventScripts.Append, indexes.Keys, arguments, cancellationToken);
    }

    public async Task<SecurityEvent?> FindByRequestAsync(string requestId, CancellationToken cancellationToken)
    {
        var succeeded = EventRow.NameOf(EventOutcome.Succeeded);
        for (var first = 0; ; first += FoundAtOnce)
        {
            var numbers = await database.RunAsync(
                redis => redis.SortedSetRangeByRankAsync(
                    database.Keys.EventsOfRequest(requestId), first, first + FoundAtOnce - 1, Order.Descending),
                cancellationToken);
            var rows = await ReadAsync([.. numbers.Select(number => (long)number)], cancellationToken);
            if (rows.FirstOrDefault(row => row.Outcome != succeeded) is { } found)
            {
                var report = await database.RunAsync(
                    redis => redis.HashGetAsync(database.Keys.EventReports, found.Number), cancellationToken);
                return (found with { Report = report }).ToEvent();
            }

            if (numbers.Length < FoundAtOnce)
            {
                return null;
            }
        }
    }

    public async Task<Page<SecurityEvent>> ListAsync(
        EventFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var before = PageCursor.Parse(cursor)?.Number ?? long.MaxValue;
        var found = await new RedisEventSearch(database, filter).FindAsync(before, limit + 1, MostToCount, cancellationToken);
        var rows = await ReadAsync([.. found.Numbers.Take(limit)], cancellationToken);
        return new Page<SecurityEvent>(
            [.. rows.Select(row => row.ToEvent())],
            found.Numbers.Count > limit ? PageCursor.OfNumber(found.Numbers[limit - 1]).ToString() : null,
            Math.Min(found.Total, MostToCount),
            found.Total > MostToCount);
    }

    public async Task<IReadOnlyList<SecurityEvent>> ReadNewestAsync(
        string kind, int limit, CancellationToken cancellationToken)
    {
        var numbers = await database.RunAsync(
            redis => redis.SortedSetRangeByRankAsync(database.Keys.EventsOfKind(kind), 0, limit - 1, Order.Descending),
            cancellationToken);
        var rows = await ReadAsync([.. numbers.Select(number => (long)number)], cancellationToken);
        return [.. rows.Select(row => row.ToEvent())];
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken)
    {
        var numbers = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreAsync(
                database.Keys.EventsByTime, stop: before.ToUnixTimeMilliseconds(), exclude: Exclude.Stop, take: limit),
            cancellationToken);
        return await PurgeAsync(numbers, term, cancellationToken);
    }

    public async Task<int> PurgeBeyondAsync(int most, int limit, Term term, CancellationToken cancellationToken)
    {
        var beyond = await database.RunAsync(
            redis => redis.SortedSetLengthAsync(database.Keys.EventsByTime), cancellationToken) - most;
        return beyond <= 0 ? 0 : await PurgeAsync(
            await database.RunAsync(
                redis => redis.SortedSetRangeByRankAsync(database.Keys.EventsByTime, 0, Math.Min(beyond, limit) - 1),
                cancellationToken),
            term,
            cancellationToken);
    }

    private async Task<int> PurgeAsync(RedisValue[] numbers, Term term, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync([.. numbers.Select(number => (long)number)], cancellationToken);
        if (rows is [])
        {
            return 0;
        }

        var indexes = new RedisEventIndexes(database.Keys);
        RedisValue[] arguments = [.. rows.SelectMany(row => indexes.PlacesOf(row).Prepend(row.Number))];
        return (int)await database.EvaluateAsync(term, RedisEventScripts.Purge, indexes.Keys, arguments, cancellationToken);
    }

    /// <summary>A number as a member that sorts by size, so that events of the same millisecond keep their order.</summary>
    public static string DigitsOf(long number) => number.ToString("D15", CultureInfo.InvariantCulture);

    private async Task<IReadOnlyList<EventRow>> ReadAsync(long[] numbers, CancellationToken cancellationToken)
    {
        if (numbers is [])
        {
            return [];
        }

        var found = await database.RunAsync(
            redis => redis.HashGetAsync(database.Keys.Events, [.. numbers.Select(number => (RedisValue)number)]),
            cancellationToken);

        // An event that was purged since its number was read is left out.
        return [.. numbers.Zip(found).Where(pair => !pair.Second.IsNull).Select(pair => RedisEventJson.Read(pair.First, pair.Second!))];
    }
}
