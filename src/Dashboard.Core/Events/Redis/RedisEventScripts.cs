namespace Dashboard.Core.Events.Redis;

/// <summary>
/// What changes events. KEYS 1-4: number, events, reports, by time; behind them the indexes of the events at hand, which
/// ARGV names by their place in KEYS, 0 for none, in the order of <see cref="RedisEventIndexes.PlacesOf"/>.
/// </summary>
internal static class RedisEventScripts
{
    /// <summary>What the score of an event with a report is above its number, so that a request finds it first.</summary>
    private const string Preferred = "4503599627370496";

    // ARGV, eight for each event: its text, its report or nothing, its time, and its indexes.
    public const string Append = $"""
        for index = 1, #ARGV, 8 do
            local number = redis.call('INCR', KEYS[1])
            local report, at = ARGV[index + 1], ARGV[index + 2]
            local function add(place, score, member)
                local key = KEYS[tonumber(ARGV[index + place])]
                if key then redis.call('ZADD', key, score, member) end
            end
            redis.call('HSET', KEYS[2], number, ARGV[index])
            if report ~= '' then redis.call('HSET', KEYS[3], number, report) end
            redis.call('ZADD', KEYS[4], at, number)
            add(3, at, string.format('%015d', number))
            add(4, number, number)
            add(5, number, number)
            add(6, number, number)
            add(7, report ~= '' and number + {Preferred} or number, number)
        end
        """;

    // ARGV, six for each event: its number and its indexes. Events never change, so what they stand in was read before.
    public const string Purge = """
        local gone = 0
        for index = 1, #ARGV, 6 do
            local number = ARGV[index]
            local function remove(place, member)
                local key = KEYS[tonumber(ARGV[index + place])]
                if key then redis.call('ZREM', key, member) end
            end
            gone = gone + redis.call('ZREM', KEYS[4], number)
            redis.call('HDEL', KEYS[2], number)
            redis.call('HDEL', KEYS[3], number)
            remove(1, string.format('%015d', number))
            for place = 2, 5 do remove(place, number) end
        end
        return gone
        """;
}
