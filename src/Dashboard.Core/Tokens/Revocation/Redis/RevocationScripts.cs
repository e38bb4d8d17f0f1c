using Dashboard.Core.Tokens.Ledger.Redis;

namespace Dashboard.Core.Tokens.Revocation.Redis;

/// <summary>What runs on the server.</summary>
internal static class RevocationScripts
{
    /// <summary>
    /// The inside of a change. Keys: the row, then the indexes of its status. Arguments: when, by whom, why. Tells the stamp
    /// that the row had already, nothing where there is no row, and 1 where it was stamped now.
    /// </summary>
    public const string Revoke = LedgerScripts.Stamp + """
        if stamp({unpack(keys, 2, 7)}, keys[1], args[1], args[2], args[3]) then
            audit()
            return {1}
        end
        local earlier = redis.call('HMGET', keys[1], 'revoked_at', 'revoked_by', 'revoked_reason')
        return earlier[1] and earlier or {}
        """;

    /// <summary>
    /// The inside of a change. Keys: the revocation, and the indexes that it is in. Arguments: its id, when it began, and its
    /// names and values.
    /// </summary>
    public const string Add = """
        if redis.call('EXISTS', keys[1]) == 1 then return 0 end
        redis.call('HSET', keys[1], unpack(args, 3))
        for index = 2, #keys do redis.call('ZADD', keys[index], args[2], args[1]) end
        audit()
        return 1
        """;

    /// <summary>The inside of a change. Keys: the revocation, those that are running, those that have ended. Argument: its id.</summary>
    public const string Cancel = """
        if redis.call('HGET', keys[1], 'state') ~= 'running' then return 0 end
        redis.call('HSET', keys[1], 'state', 'cancelled')
        redis.call('ZREM', keys[2], args[1])
        redis.call('ZADD', keys[3], redis.call('HGET', keys[1], 'revoked_at'), args[1])
        audit()
        return 1
        """;

    /// <summary>
    /// Keys: the revocation, those that are running, those that have ended, the indexes of status, then the rows to stamp.
    /// Arguments: its id, the stamp, how far it came with these rows, and whether they are the last. Tells its state, how many it revoked in all,
    /// and which of the rows.
    /// </summary>
    public const string Continue = LedgerScripts.Stamp + """
        local stamped = {}
        if redis.call('HGET', KEYS[1], 'state') == 'running' then
            for index = 10, #KEYS do
                if stamp({unpack(KEYS, 4, 9)}, KEYS[index], ARGV[2], ARGV[3], ARGV[4]) then stamped[#stamped + 1] = index - 10 end
            end
            redis.call('HINCRBY', KEYS[1], 'revoked_tokens', #stamped)
            if ARGV[5] ~= '' then redis.call('HSET', KEYS[1], 'progress_cursor', ARGV[5]) end
            if ARGV[6] == '1' then
                redis.call('HSET', KEYS[1], 'state', 'done')
                redis.call('ZREM', KEYS[2], ARGV[1])
                redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
            end
        end
        local row = redis.call('HMGET', KEYS[1], 'state', 'revoked_tokens')
        return {row[1], row[2], stamped}
        """;

    /// <summary>Keys: those that have ended, the cut-offs, then the revocations to delete. Arguments: their ids.</summary>
    public const string Purge = """
        local gone = 0
        for index = 1, #ARGV do
            gone = gone + redis.call('ZREM', KEYS[1], ARGV[index])
            redis.call('ZREM', KEYS[2], ARGV[index])
            redis.call('DEL', KEYS[index + 2])
        end
        return gone
        """;
}
