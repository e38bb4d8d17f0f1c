using StackExchange.Redis;

namespace Dashboard.Core.Storage.Redis;

/// <summary>Reads sorted sets of numbers, newest first.</summary>
internal static class NumberIndex
{
    private const int Step = 1_000;

    /// <summary>Up to so many of the newest numbers below a limit.</summary>
    public static async Task<long[]> ReadAsync(IDatabaseAsync redis, RedisKey index, long before, int limit) =>
        [.. (await redis.SortedSetRangeByScoreAsync(
            index, stop: before, exclude: Exclude.Stop, order: Order.Descending, take: limit)).Select(value => (long)value)];

    /// <summary>
    /// Walks an index where other indexes decide about each number too. Returns the newest covered numbers below a limit, and
    /// how many are covered in all, counted a little past <paramref name="most"/>; of a range only, where one is given.
    /// </summary>
    public static async Task<(IReadOnlyList<long> Numbers, long Total)> WalkAsync(
        this RedisDatabase database,
        RedisKey index,
        Func<IDatabaseAsync, long, Task<bool>> isCovered,
        (long Before, int Limit) page,
        int most,
        CancellationToken cancellationToken,
        NumberRange? range = null)
    {
        List<long> found = [];
        var total = 0L;
        long[] step;
        var (first, place) = range ?? new NumberRange(0, long.MaxValue);
        do
        {
            step = await database.RunAsync(redis => ReadAsync(redis, index, place, Step), cancellationToken);
            var covered = await database.RunAsync(
                redis => Task.WhenAll(step.Select(number => isCovered(redis, number))), cancellationToken);
            foreach (var number in step.Where((number, position) => number >= first && covered[position]))
            {
                total++;
                if (number < page.Before && found.Count < page.Limit)
                {
                    found.Add(number);
                }
            }

            place = step is [.., var last] ? last : 0;
        }
        while (step.Length == Step && place >= first && (total <= most || found.Count < page.Limit));

        return (found, total);
    }
}

/// <summary>From a number on, and below another.</summary>
internal readonly record struct NumberRange(long First, long Behind);
