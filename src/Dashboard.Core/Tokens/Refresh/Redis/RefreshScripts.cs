using Dashboard.Core.Tokens.Ledger.Redis;

namespace Dashboard.Core.Tokens.Refresh.Redis;

/// <summary>What runs on the server.</summary>
internal static class RefreshScripts
{
    // Adds a token, and rows of the ledger whose keys and arguments follow: for each row first how many keys, then how many
    // arguments it has, among the arguments.
    private const string AddToken = LedgerScripts.AddRow + """
        local function addToken(token, all, firstKey, firstArgument)
            local fields = tonumber(ARGV[firstArgument])
            redis.call('HSET', token, unpack(ARGV, firstArgument + 1, firstArgument + fields))
            redis.call('ZADD', all, redis.call('HGET', token, 'expires_at'), redis.call('HGET', token, 'hash'))
            local key, argument = firstKey, firstArgument + fields + 1
            while argument <= #ARGV do
                local keys, arguments = tonumber(ARGV[argument]), tonumber(ARGV[argument + 1])
                argument = argument + 2
                if not addRow({unpack(KEYS, key, key + keys - 1)}, {unpack(ARGV, argument, argument + arguments - 1)}) then
                    return false
                end
                key, argument = key + keys, argument + arguments
            end
            return true
        end

        """;

    /// <summary>
    /// Keys: the family, families by expiry, the token, tokens by expiry, then those of the ledger's rows. Arguments: the
    /// family, when it expires, how many fields and values the token has, these, then the rows. 1 where it began.
    /// </summary>
    public const string Start = AddToken + """
        if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
        redis.call('HSET', KEYS[1], 'family', ARGV[1], 'expires_at', ARGV[2])
        redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
        if not addToken(KEYS[3], KEYS[4], 5, 3) then return redis.error_reply('the ledger holds this id already') end
        return 1
        """;

    /// <summary>
    /// Keys: the token, its predecessor, its family, its row and three indexes as in <see cref="LedgerScripts.EndRow"/>, the
    /// successor, tokens by expiry, then those of the ledger's rows.
    /// Arguments: now, the grace in milliseconds, the sealed successor or nothing, then the successor as in
    /// <see cref="Start"/>. Tells what became of it, and the sealed successor where that is given again.
    /// </summary>
    public const string Use = AddToken + LedgerScripts.EndRow + """
        local row = redis.call('HMGET', KEYS[1], 'hash', 'used_at', 'sealed_successor')
        local family = redis.call('HMGET', KEYS[3], 'family', 'revoked_at')
        if not row[1] or not family[1] then return {'unknown'} end
        if family[2] then return {'revoked'} end
        if row[2] then
            if row[3] and tonumber(ARGV[1]) - tonumber(row[2]) < tonumber(ARGV[2]) then return {'again', row[3]} end
            redis.call('HSET', KEYS[3], 'revoked_at', ARGV[1])
            return {'replayed'}
        end
        if redis.call('HEXISTS', KEYS[4], 'revoked_at') == 1 then return {'revoked'} end
        redis.call('HSET', KEYS[1], 'used_at', ARGV[1])
        if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'sealed_successor', ARGV[3]) end
        redis.call('HDEL', KEYS[2], 'sealed_successor')
        endRow({unpack(KEYS, 4, 7)}, ARGV[1])
        if not addToken(KEYS[8], KEYS[9], 10, 4) then return redis.error_reply('the ledger holds this id already') end
        return {'used'}
        """;

    /// <summary>Keys: the family, families by expiry. Arguments: the family, now, and when it ends where it has not begun.</summary>
    public const string RevokeFamily = """
        if redis.call('HSETNX', KEYS[1], 'expires_at', ARGV[3]) == 1 then
            redis.call('HSET', KEYS[1], 'family', ARGV[1])
            redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
        end
        redis.call('HSETNX', KEYS[1], 'revoked_at', ARGV[2])
        return redis.call('HGET', KEYS[1], 'expires_at')
        """;

    /// <summary>Keys: an index, then what its members name. Arguments: these members.</summary>
    public const string Purge = """
        local gone = 0
        for index = 1, #ARGV do
            gone = gone + redis.call('ZREM', KEYS[1], ARGV[index])
            redis.call('DEL', KEYS[index + 1])
        end
        return gone
        """;
}
