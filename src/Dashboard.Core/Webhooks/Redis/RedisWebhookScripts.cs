namespace Dashboard.Core.Webhooks.Redis;

/// <summary>
/// What changes webhooks and deliveries in Redis. Rows are JSON objects, which are read here and written by whoever asks; all are
/// insides of a change over <c>keys</c> and <c>args</c>.
/// </summary>
internal static class RedisWebhookScripts
{
    /// <summary>keys: webhooks. args: id, row, how many there may be.</summary>
    public const string Add = """
        if redis.call('HLEN', keys[1]) >= tonumber(args[3]) or redis.call('HSETNX', keys[1], args[1], args[2]) == 0 then return 0 end
        audit()
        return 1
        """;

    /// <summary>keys: webhooks. args: id, row, the version that it must have.</summary>
    public const string Replace = """
        local text = redis.call('HGET', keys[1], args[1])
        if not text or cjson.decode(text).version ~= tonumber(args[3]) then return 0 end
        redis.call('HSET', keys[1], args[1], args[2])
        audit()
        return 1
        """;

    /// <summary>keys: webhooks, deliveries, those by time, the webhook's deliveries, those due. args: id.</summary>
    public const string Delete = """
        if redis.call('HDEL', keys[1], args[1]) == 0 then return 0 end
        for _, place in ipairs(redis.call('ZRANGE', keys[4], 0, -1)) do
            local delivery = string.match(place, ':(.*)$')
            redis.call('HDEL', keys[2], delivery)
            redis.call('ZREM', keys[3], delivery)
        end
        redis.call('DEL', keys[4], keys[5])
        audit()
        return 1
        """;

    // keys: deliveries, those by time, and from a place on the webhook's deliveries and those of them that are due.
    // args from a place on: id, row, when it was made, its place, when it is due or nothing.
    private const string Put = """
        local function put(key, arg)
            redis.call('HSET', keys[1], args[arg], args[arg + 1])
            redis.call('ZADD', keys[2], args[arg + 2], args[arg])
            redis.call('ZADD', keys[key], 0, args[arg + 3])
            if args[arg + 4] ~= '' then redis.call('ZADD', keys[key + 1], args[arg + 4], args[arg]) end
        end

        """;

    /// <summary>
    /// keys: deliveries, those by time, webhooks, and for each delivery its webhook's deliveries and those due. args: for each
    /// the webhook, then as <c>put</c> takes them.
    /// </summary>
    public const string AddDeliveries = Put + """
        local added = 0
        for index = 0, #args / 6 - 1 do
            local arg = 6 * index + 1
            if redis.call('HEXISTS', keys[3], args[arg]) == 1 and redis.call('HEXISTS', keys[1], args[arg + 1]) == 0 then
                put(2 * index + 4, arg + 1)
                added = added + 1
            end
        end
        if added > 0 then audit() end
        return added
        """;

    /// <summary>keys: deliveries, those by time, the webhook's deliveries, those due. args: as <c>put</c> takes them.</summary>
    public const string ImportDelivery = Put + """
        if redis.call('HEXISTS', keys[1], args[1]) == 0 then put(3, 1) end
        return 1
        """;

    /// <summary>keys: deliveries, those due. args: id, row, when it is due or nothing, the version that it must have, of each.</summary>
    /// <returns>For each 1 where it was replaced.</returns>
    public const string ReplaceDeliveries = """
        local replaced, any = {}, false
        for index = 1, #args, 4 do
            local text = redis.call('HGET', keys[1], args[index])
            local isSame = text and cjson.decode(text).version == tonumber(args[index + 3])
            if isSame then
                redis.call('HSET', keys[1], args[index], args[index + 1])
                if args[index + 2] == '' then redis.call('ZREM', keys[2], args[index])
                else redis.call('ZADD', keys[2], args[index + 2], args[index]) end
                any = true
            end
            replaced[#replaced + 1] = isSame and 1 or 0
        end
        if any then audit() end
        return replaced
        """;

    /// <summary>KEYS: the webhook's deliveries, all deliveries. ARGV: the place to begin at, how many at most.</summary>
    /// <returns>How many there are in all, then rows, the newest first.</returns>
    public const string List = """
        local answer = {redis.call('ZCARD', KEYS[1])}
        for _, place in ipairs(redis.call('ZREVRANGEBYLEX', KEYS[1], ARGV[1], '-', 'LIMIT', 0, ARGV[2])) do
            answer[#answer + 1] = redis.call('HGET', KEYS[2], string.match(place, ':(.*)$'))
        end
        return answer
        """;

    /// <summary>KEYS: deliveries, those by time, and for each its webhook's deliveries and those due. ARGV: id and place of each.</summary>
    public const string Purge = """
        local gone = 0
        for index = 0, #ARGV / 2 - 1 do
            local id = ARGV[2 * index + 1]
            gone = gone + redis.call('HDEL', KEYS[1], id)
            redis.call('ZREM', KEYS[2], id)
            redis.call('ZREM', KEYS[2 * index + 3], ARGV[2 * index + 2])
            redis.call('ZREM', KEYS[2 * index + 4], id)
        end
        return gone
        """;
}
