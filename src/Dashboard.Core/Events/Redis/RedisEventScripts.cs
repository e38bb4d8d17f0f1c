using Dashboard.Core.Events.Rollups.Redis;

namespace Dashboard.Core.Events.Redis;

/// <summary>
/// What changes events. KEYS 1-4: number, events, reports, by time; behind them the indexes of the events at hand, which
/// ARGV names by their place in KEYS, 0 for none, in the order of <see cref="RedisEventIndexes.PlacesOf"/>.
/// </summary>
internal static class RedisEventScripts
{
    /// <summary>What the score of an event with a report is above its number, so that a request finds it first.</summary>
    private const string Preferred = "4503599627370496";

    // ARGV, fifteen for each event: its text, its report or nothing, its time, and its indexes.
    private const string Write = $"""
        local function write(number, index)
            local report, at = ARGV[index + 1], ARGV[index + 2]
            local function add(place, score, member)
                local key = KEYS[tonumber(ARGV[index + place])]
                if key then redis.call('ZADD', key, score, member) end
            end
            redis.call('HSET', KEYS[2], number, ARGV[index])
            if report ~= '' then redis.call('HSET', KEYS[3], number, report) end
            redis.call('ZADD', KEYS[4], at, number)
            add(3, at, string.format('%015d', number))
            for place = 4, 13 do add(place, number, number) end
            add(14, report ~= '' and number + {Preferred} or number, number)
        end

        """;

    /// <summary>New events, numbered here, and counters of refusals. ARGV: how many events, they, and the counters.</summary>
    public const string Append = Write + RedisRollupWrite.Script + """
        local behind = tonumber(ARGV[1]) * 15 + 2
        for index = 2, behind - 1, 15 do write(redis.call('INCR', KEYS[1]), index) end
        count(behind, #ARGV, false)
        """;

    /// <summary>Events of another store, with their numbers behind the fifteen. Later ones are numbered from the highest on.</summary>
    public const string Import = Write + """
        for index = 1, #ARGV, 16 do
            local number = tonumber(ARGV[index + 15])
            write(number, index)
            if number > tonumber(redis.call('GET', KEYS[1]) or '0') then redis.call('SET', KEYS[1], ARGV[index + 15]) end
        end
        """;

    // ARGV, thirteen for each event: its number and its indexes. Events never change, so what they stand in was read before.
    public const string Purge = """
        local gone = 0
        for index = 1, #ARGV, 13 do
            local number = ARGV[index]
            local function remove(place, member)
                local key = KEYS[tonumber(ARGV[index + place])]
                if key then redis.call('ZREM', key, member) end
            end
            gone = gone + redis.call('ZREM', KEYS[4], number)
            redis.call('HDEL', KEYS[2], number)
            redis.call('HDEL', KEYS[3], number)
            remove(1, string.format('%015d', number))
            for place = 2, 12 do remove(place, number) end
        end
        return gone
        """;
}
