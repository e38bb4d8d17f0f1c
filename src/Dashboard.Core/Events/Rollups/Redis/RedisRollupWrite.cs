using StackExchange.Redis;

namespace Dashboard.Core.Events.Rollups.Redis;

/// <summary>What a script takes to change counters.</summary>
/// <param name="placeOf">Gives a key its place among those of the script.</param>
/// <param name="keys">The names.</param>
internal sealed class RedisRollupWrite(Func<RedisKey, int> placeOf, RedisRollupKeys keys)
{
    private readonly HashSet<(RollupGrain Grain, string Member)> _named = [];

    /// <summary>
    /// Inside a script: changes counters of ARGV, ten for each: the places of the series, its field and the count, the place of the
    /// top and its member, the place of the index, and twice a score and a member of it, or nothing. <c>sets</c> makes a counter
    /// what it is elsewhere instead of adding to it.
    /// </summary>
    public const string Script = """
        local function count(first, last, sets)
            for index = first, last, 10 do
                local series, top = KEYS[tonumber(ARGV[index])], KEYS[tonumber(ARGV[index + 3])]
                local names = KEYS[tonumber(ARGV[index + 5])]
                redis.call(sets and 'HSET' or 'HINCRBY', series, ARGV[index + 1], ARGV[index + 2])
                if top then redis.call(sets and 'ZADD' or 'ZINCRBY', top, ARGV[index + 2], ARGV[index + 4]) end
                for place = index + 7, index + 9, 2 do
                    if ARGV[place] ~= '' then redis.call('ZADD', names, ARGV[place - 1], ARGV[place]) end
                end
            end
        end

        """;

    /// <summary>How many arguments each counter takes.</summary>
    public const int Width = 10;

    /// <summary>The arguments of one counter.</summary>
    public RedisValue[] ArgumentsOf(RollupCell cell, long count)
    {
        var series = RedisRollupKeys.Series(cell.Grain, cell.Facet, cell.Value, cell.At);
        var top = cell.Facet is RollupFacet.Total or RollupFacet.All ? null : RedisRollupKeys.Top(cell.Facet, cell.At);
        return
        [
            placeOf(keys.KeyOf(cell.Grain, series)),
            RedisRollupKeys.FieldOf(cell),
            count,
            top is null ? 0 : placeOf(keys.KeyOf(cell.Grain, top)),
            top is null ? "" : RedisRollupKeys.Join(cell.Code, cell.Value),
            placeOf(keys.Index(cell.Grain)),
            RedisRollupKeys.PeriodOf(cell.Grain, cell.At),
            _named.Add((cell.Grain, series)) ? series : "",
            cell.At,
            top is not null && _named.Add((cell.Grain, top)) ? top : "",
        ];
    }
}
