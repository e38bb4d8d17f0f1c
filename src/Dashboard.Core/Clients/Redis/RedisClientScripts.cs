using Dashboard.Core.Tokens.Ledger.Redis;

namespace Dashboard.Core.Clients.Redis;

/// <summary>What changes a client in Redis.</summary>
internal static class RedisClientScripts
{
    // keys: client, then its indexes: live, ended, by expiry, unused, by end, uncut, secrets by expiry, barred. args: id, place, when it expires,
    // since when it is unused, when it ended, the same where it may be purged, the same while it is uncut, 0 where it is
    // barred, each empty where that does not apply; more behind them.
    private const string Settle = """
        local function index(key, member, score)
            if score == '' then redis.call('ZREM', key, member) else redis.call('ZADD', key, score, member) end
        end
        local function eachExpiry(work)
            for _, secret in ipairs(cjson.decode(redis.call('HGET', keys[1], 'secrets') or '[]')) do
                if secret.expires_at then work(args[1] .. ' ' .. secret.id, secret.expires_at) end
            end
        end
        local function unsettle()
            eachExpiry(function(member) redis.call('ZREM', keys[8], member) end)
        end
        local function settle()
            eachExpiry(function(member, at) redis.call('ZADD', keys[8], at, member) end)
            index(keys[2], args[2], args[5] == '' and '0' or '')
            index(keys[3], args[2], args[5] == '' and '' or '0')
            index(keys[4], args[1], args[3])
            index(keys[5], args[1], redis.call('HEXISTS', keys[1], 'last_used_at') == 1 and '' or args[4])
            index(keys[6], args[1], args[6])
            index(keys[7], args[1], args[7])
            index(keys[9], args[1], args[8])
        end

        """;

    /// <summary>
    /// Inside of an audited change. Behind the arguments: how many fields and values there are, these, and the ledger's part;
    /// behind the keys those of the latter.
    /// </summary>
    public const string Add = LedgerScripts.ChangeLedger + Settle + """
        local last = 9 + tonumber(args[9])
        if redis.call('EXISTS', keys[1]) == 1 or not changeLedger(keys, args, 10, last + 1) then return 0 end
        redis.call('HSET', keys[1], unpack(args, 10, last))
        settle()
        audit()
        return 1
        """;

    /// <summary>
    /// Inside of an audited change. Behind the arguments: the version, the ids of the secrets with a space around each, whether
    /// the client must be unused (1 or 0), and as in <see cref="Add"/>, without the fields of uses, which stay as they are but
    /// for those of secrets that go.
    /// </summary>
    public const string Replace = LedgerScripts.ChangeLedger + Settle + """
        local last = 12 + tonumber(args[12])
        if redis.call('HGET', keys[1], 'version') ~= args[9] then return 0 end
        if args[11] == '1' and redis.call('HEXISTS', keys[1], 'last_used_at') == 1 then return 0 end
        if not changeLedger(keys, args, 10, last + 1) then return 0 end
        unsettle()
        redis.call('HDEL', keys[1],
            'expires_at', 'registration_token_hash', 'decided_at', 'ended_at', 'ended_reason', 'ended_by', 'uncut_since')
        redis.call('HSET', keys[1], unpack(args, 13, last))
        local kept = {}
        for secret, at in pairs(cjson.decode(redis.call('HGET', keys[1], 'secret_uses'))) do
            if string.find(args[10], ' ' .. secret .. ' ', 1, true) then kept[secret] = at end
        end
        redis.call('HSET', keys[1], 'secret_uses', cjson.encode(kept))
        settle()
        audit()
        return 1
        """;

    // KEYS: client, unused. ARGV: id, at, secret or empty.
    public const string Record = """
        local row = redis.call('HMGET', KEYS[1], 'id', 'ended_at', 'last_used_at', 'secret_uses')
        if not row[1] or row[2] then return 0 end
        local at = tonumber(ARGV[2])
        if not row[3] or tonumber(row[3]) < at then redis.call('HSET', KEYS[1], 'last_used_at', ARGV[2]) end
        redis.call('ZREM', KEYS[2], ARGV[1])
        local uses = cjson.decode(row[4])
        if ARGV[3] ~= '' and (uses[ARGV[3]] or 0) < at then
            uses[ARGV[3]] = at
            redis.call('HSET', KEYS[1], 'secret_uses', cjson.encode(uses))
        end
        return 1
        """;

    // KEYS: client, uncut. ARGV: id.
    public const string SetCutOff = """
        redis.call('HDEL', KEYS[1], 'uncut_since')
        redis.call('ZREM', KEYS[2], ARGV[1])
        return 1
        """;

    // KEYS: by end, ended, uncut, and each client. ARGV: id and place of each.
    public const string Purge = """
        local gone = 0
        for index = 1, #ARGV, 2 do
            gone = gone + redis.call('ZREM', KEYS[1], ARGV[index])
            redis.call('ZREM', KEYS[2], ARGV[index + 1])
            redis.call('ZREM', KEYS[3], ARGV[index])
            redis.call('DEL', KEYS[(index + 7) / 2])
        end
        return gone
        """;

    // KEYS: places. ARGV: below which place, and how many.
    public const string Places = """
        return redis.call('ZREVRANGEBYLEX', KEYS[1], ARGV[1], '-', 'LIMIT', 0, ARGV[2])
        """;
}
