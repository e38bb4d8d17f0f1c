namespace Dashboard.Core.Sessions.Redis;

/// <summary>
/// What changes a session. All but <see cref="Touch"/> are insides of an audited change: they see <c>keys</c>,
/// <c>args</c> and <c>audit()</c>.
/// </summary>
internal static class RedisSessionScripts
{
    // keys: session, open, seen, 4 to 11 its places, and the secret's where it has one. args: name, place, seen, end, kind, fields.
    public const string Add = """
        if redis.call('EXISTS', keys[1]) == 1 or (keys[12] and redis.call('EXISTS', keys[12]) == 1) then return 0 end
        redis.call('HSET', keys[1], unpack(args, 6))
        redis.call('ZADD', keys[2], args[4], args[1])
        for index = 4, 11 do redis.call('ZADD', keys[index], 0, args[2]) end
        if args[5] == 'browser' then redis.call('ZADD', keys[3], args[3], args[1]) end
        if keys[12] then redis.call('SET', keys[12], args[1]) end
        audit()
        return 1
        """;

    // KEYS: session, seen. ARGV: name, at.
    public const string Touch = """
        local row = redis.call('HMGET', KEYS[1], 'last_seen_at', 'ended_at', 'kind')
        if not row[1] or row[2] or tonumber(row[1]) >= tonumber(ARGV[2]) then return 0 end
        redis.call('HSET', KEYS[1], 'last_seen_at', ARGV[2])
        if row[3] == 'browser' then redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1]) end
        return 1
        """;

    // keys: session. args: binding.
    public const string Rebind = """
        local row = redis.call('HMGET', keys[1], 'session', 'ended_at')
        if not row[1] or row[2] then return 0 end
        redis.call('HSET', keys[1], 'binding', args[1])
        audit()
        return 1
        """;

    // keys: session. args: signal, at.
    public const string Challenge = """
        local row = redis.call('HMGET', keys[1], 'session', 'ended_at', 'challenge')
        if not row[1] or row[2] or row[3] then return 0 end
        redis.call('HSET', keys[1], 'challenge', args[1], 'challenged_at', args[2])
        audit()
        return 1
        """;

    // keys: session, the new secret's, the old one's. args: name, old hash, new hash, binding, at, second factor where one was shown.
    // Returns 2 where the secret is another one by now.
    public const string Renew = """
        local row = redis.call('HMGET', keys[1], 'secret_hash', 'ended_at')
        if not row[1] or row[2] then return 0 end
        if row[1] ~= args[2] then return 2 end
        redis.call('HSET', keys[1], 'secret_hash', args[3], 'binding', args[4], 'proven_at', args[5])
        redis.call('HDEL', keys[1], 'challenge', 'challenged_at')
        if args[6] then redis.call('HSET', keys[1], 'second_factor', args[6], 'second_factor_at', args[5]) end
        redis.call('DEL', keys[3])
        redis.call('SET', keys[2], args[1])
        audit()
        return 1
        """;

    // keys: session, open, seen, ended, 5 to 8 its places while open, 9 to 12 those when ended. args: name, place, at, reason, and
    // up to when it may have been seen, where that matters.
    public const string End = """
        local row = redis.call('HMGET', keys[1], 'last_seen_at', 'ended_at')
        if not row[1] or row[2] then return 0 end
        if args[5] and tonumber(row[1]) > tonumber(args[5]) then return 0 end
        redis.call('HSET', keys[1], 'ended_at', args[3], 'ended_reason', args[4])
        redis.call('ZREM', keys[2], args[1])
        redis.call('ZREM', keys[3], args[1])
        redis.call('ZADD', keys[4], args[3], args[1])
        for index = 5, 8 do redis.call('ZREM', keys[index], args[2]) end
        for index = 9, 12 do redis.call('ZADD', keys[index], 0, args[2]) end
        audit()
        return 1
        """;

    // KEYS: ended, and behind it ten for each session: its own, its secret's, which an API session lacks, and its places.
    // ARGV: name and place of each.
    public const string Purge = """
        local gone = 0
        for index = 1, #ARGV, 2 do
            local first = 5 * index - 3
            gone = gone + redis.call('ZREM', KEYS[1], ARGV[index])
            redis.call('DEL', KEYS[first], KEYS[first + 1])
            for place = first + 2, first + 9 do redis.call('ZREM', KEYS[place], ARGV[index + 1]) end
        end
        return gone
        """;

    // KEYS: places. ARGV: below which place, and how many.
    public const string Places = """
        return redis.call('ZREVRANGEBYLEX', KEYS[1], ARGV[1], '-', 'LIMIT', 0, ARGV[2])
        """;
}
