using System.Globalization;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Migration.Redis;

/// <summary>Reads the members of sorted sets, one set after the other, from any member on.</summary>
internal sealed class RedisIndexWalk(RedisDatabase database, params RedisKey[] indexes)
{
    /// <summary>How many members all of them have.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await database.RunAsync(
            redis => Task.WhenAll(indexes.Select(index => redis.SortedSetLengthAsync(index))), cancellationToken)).Sum();

    /// <summary>Members behind a place, and the place of the last of them; null where there are no more.</summary>
    public async Task<(SortedSetEntry[] Entries, string? Next)> ReadAsync(
        string? after, int limit, CancellationToken cancellationToken)
    {
        var place = Place.Parse(after);
        var index = indexes[place.Index];
        var rank = await RankBehindAsync(index, place, cancellationToken);
        var entries = await database.RunAsync(
            redis => redis.SortedSetRangeByRankWithScoresAsync(index, rank, rank + limit - 1), cancellationToken);
        var next = entries switch
        {
            [.., var last] when entries.Length == limit => new Place(place.Index, last.Score, last.Element!),
            _ when place.Index + 1 < indexes.Length => new Place(place.Index + 1, 0, null),
            _ => null,
        };
        return (entries, next?.ToString());
    }

    // Ranks cost the server no walk. A member that is gone since leaves its score to go on from.
    private async Task<long> RankBehindAsync(RedisKey index, Place place, CancellationToken cancellationToken)
    {
        if (place.Member is null)
        {
            return 0;
        }

        return await database.RunAsync(redis => redis.SortedSetRankAsync(index, place.Member), cancellationToken) + 1
            ?? await database.RunAsync(
                redis => redis.SortedSetLengthAsync(index, double.NegativeInfinity, place.Score, Exclude.Stop), cancellationToken);
    }

    private sealed record Place(int Index, double Score, byte[]? Member)
    {
        public static Place Parse(string? text) => text?.Split(':', 3) switch
        {
            null => new Place(0, 0, null),
            [var index] => new Place(int.Parse(index, CultureInfo.InvariantCulture), 0, null),
            [var index, var score, var member] => new Place(
                int.Parse(index, CultureInfo.InvariantCulture), double.Parse(score, CultureInfo.InvariantCulture), Convert.FromBase64String(member)),
            _ => throw new FormatException("This is no place in an index."),
        };

        public override string ToString() => Member is null
            ? Index.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Index}:{Score:R}:{Convert.ToBase64String(Member)}");
    }
}
