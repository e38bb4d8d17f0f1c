using Dashboard.Core.Tokens.Ledger.Redis;

namespace Dashboard.Core.Agents.Redis;

/// <summary>
/// What changes agents and their keys in Redis. Rows are JSON objects, which are read here, but changed as text, so that they
/// stay as they were written: no text in them holds a quotation mark that is not escaped.
/// </summary>
internal static class RedisAgentScripts
{
    /// <summary>
    /// KEYS: agents, holders of keys, agent keys, then the ledger's. ARGV: agent, key, row, since when somebody seen is alive,
    /// the temporary token or nothing, now, then the ledger's.
    /// </summary>
    public const string Register = LedgerScripts.ChangeLedger + """
        local function isAlive(row) return row.last_seen_at > tonumber(ARGV[4]) end
        local key = redis.call('HGET', KEYS[3], ARGV[2])
        key = key and cjson.decode(key)
        if not key or key.is_enabled ~= 1 or (key.expires_at and key.expires_at <= tonumber(ARGV[6])) then return {'key'} end
        local text = redis.call('HGET', KEYS[1], ARGV[1])
        local known = text and cjson.decode(text)
        if known and isAlive(known) then return {'duplicate', text} end
        if known and ARGV[5] ~= '' and known.temp_token_id == ARGV[5] then return {'used'} end
        local holder = redis.call('HGET', KEYS[2], ARGV[2])
        local other = holder and holder ~= ARGV[1] and redis.call('HGET', KEYS[1], holder)
        if other and isAlive(cjson.decode(other)) then return {'in use', other} end
        if not changeLedger(KEYS, ARGV, 4, 7) then return redis.error_reply('the ledger holds this id already') end
        if other then redis.call('HDEL', KEYS[1], holder) end
        if known then redis.call('HDEL', KEYS[2], known.key_id) end
        redis.call('HSET', KEYS[2], ARGV[2], ARGV[1])
        redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
        return {'done', text or '', other or ''}
        """;

    /// <summary>Inside of a change. keys: agents, holders. args: agent, registration or nothing, seen before when or nothing.</summary>
    public const string Remove = """
        local text = redis.call('HGET', keys[1], args[1])
        if not text then return 0 end
        local row = cjson.decode(text)
        if args[2] ~= '' and row.registration ~= args[2] then return 0 end
        if args[3] ~= '' and row.last_seen_at >= tonumber(args[3]) then return 0 end
        redis.call('HDEL', keys[1], args[1])
        redis.call('HDEL', keys[2], row.key_id)
        audit()
        return 1
        """;

    /// <summary>KEYS: agents. ARGV: agent and time of each.</summary>
    public const string Record = """
        for index = 1, #ARGV, 2 do
            local text = redis.call('HGET', KEYS[1], ARGV[index])
            local row = text and cjson.decode(text)
            local at = tonumber(ARGV[index + 1])
            if row and row.last_seen_at < at then
                local seen = string.gsub(text, '"last_seen_at":%d+', '"last_seen_at":' .. ARGV[index + 1], 1)
                redis.call('HSET', KEYS[1], ARGV[index], seen)
            end
        end
        return 1
        """;

    // The uses of a row, and the row with other ones.
    private const string Uses = """
        local pattern = '"last_used_at":%d+,"last_used_by":"[^"]*",'
        local function withUses(row, uses)
            return (string.gsub(string.gsub(row, pattern, '', 1), '"version":', uses .. '"version":', 1))
        end

        """;

    // keys: agent keys, those by hash, those by expiry. args: id, row, hash, when it expires or nothing.
    private const string PutKey = """
        local function put(row)
            redis.call('HSET', keys[1], args[1], row)
            redis.call('HSET', keys[2], args[3], args[1])
            if args[4] == '' then redis.call('ZREM', keys[3], args[1]) else redis.call('ZADD', keys[3], args[4], args[1]) end
        end

        """;

    /// <summary>Inside of a change; keys and args as <c>put</c> takes them.</summary>
    public const string AddKey = PutKey + """
        if redis.call('HEXISTS', keys[1], args[1]) == 1 or redis.call('HEXISTS', keys[2], args[3]) == 1 then return 0 end
        put(args[2])
        audit()
        return 1
        """;

    /// <summary>The same, and behind args the version that it must have.</summary>
    public const string ReplaceKey = PutKey + Uses + """
        local text = redis.call('HGET', keys[1], args[1])
        local known = text and cjson.decode(text)
        if not known or known.version ~= tonumber(args[5]) then return 0 end
        redis.call('HDEL', keys[2], known.hash)
        put(withUses(args[2], string.match(text, pattern) or ''))
        audit()
        return 1
        """;

    /// <summary>Inside of a change. keys: agent keys, those by hash, those by expiry, holders. args: id.</summary>
    public const string DeleteKey = """
        local text = redis.call('HGET', keys[1], args[1])
        if not text or redis.call('HEXISTS', keys[4], args[1]) == 1 then return 0 end
        redis.call('HDEL', keys[1], args[1])
        redis.call('HDEL', keys[2], cjson.decode(text).hash)
        redis.call('ZREM', keys[3], args[1])
        audit()
        return 1
        """;

    /// <summary>KEYS: agent keys. ARGV: key, agent and time of each.</summary>
    public const string RecordKeys = Uses + """
        for index = 1, #ARGV, 3 do
            local text = redis.call('HGET', KEYS[1], ARGV[index])
            local row = text and cjson.decode(text)
            local at = tonumber(ARGV[index + 2])
            if row and (row.last_used_at or 0) < at then
                local uses = '"last_used_at":' .. ARGV[index + 2] .. ',"last_used_by":"' .. ARGV[index + 1] .. '",'
                redis.call('HSET', KEYS[1], ARGV[index], withUses(text, uses))
            end
        end
        return 1
        """;
}
