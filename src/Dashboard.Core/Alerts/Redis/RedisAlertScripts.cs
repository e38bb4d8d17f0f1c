namespace Dashboard.Core.Alerts.Redis;

/// <summary>
/// What changes alerts in Redis. Every script takes the keys of <see cref="Storage.Redis.RedisKeys.OfAlerts"/> in their order:
/// rows, newest by kind and key, number, those open, acknowledged and over by number, those over by time, those that are
/// announced by number, mutes, and those that wait for somebody.
/// </summary>
internal static class RedisAlertScripts
{
    // Where a row stands by its state, and what follows from it.
    private const string Rows = """
        local function read(keys, id)
            local text = id and redis.call('HGET', keys[1], id)
            return text and cjson.decode(text), text
        end
        local function write(keys, row)
            local text = cjson.encode(row)
            redis.call('HSET', keys[1], row.id, text)
            for state = 0, 2 do
                if row.state == state then redis.call('ZADD', keys[4 + state], row.number, row.id)
                else redis.call('ZREM', keys[4 + state], row.id) end
            end
            if row.state == 2 then redis.call('ZADD', keys[7], row.resolved_at, row.id) end
            if row.is_muted == 1 then redis.call('ZREM', keys[8], row.id)
            else redis.call('ZADD', keys[8], row.number, row.id) end
            if row.state == 0 and row.is_muted == 0 then redis.call('ZADD', keys[10], row.number, row.id)
            else redis.call('ZREM', keys[10], row.id) end
            return text
        end
        local function isMuted(keys, kind, key, now)
            for _, field in ipairs({kind .. '\n', kind .. '\n' .. key}) do
                local mute = redis.call('HGET', keys[9], field)
                if mute and cjson.decode(mute)['until'] > now then return true end
            end
            return false
        end
        local function openAgain(keys, now)
            for state = 0, 1 do
                for _, id in ipairs(redis.call('ZRANGE', keys[4 + state], 0, -1)) do
                    local row = read(keys, id)
                    if row and row.is_muted == 1 and not isMuted(keys, row.kind, row.key, now) then
                        row.is_muted = 0
                        if state == 0 then row.number = redis.call('INCR', keys[3]) end
                        write(keys, row)
                    end
                end
            end
        end

        """;

    /// <summary>ARGV: kind and key, row as one that opens, times, 1 for once, now.</summary>
    public const string Raise = Rows + """
        local fresh, times, now = cjson.decode(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[5])
        local row, text = read(KEYS, redis.call('HGET', KEYS[2], ARGV[1]))
        if row and ARGV[4] == '1' and row.last_at >= fresh.last_at then return {'unchanged', text} end
        if row and row.state < 2 then
            local isSame = times == 0 and row.severity >= fresh.severity
            for _, name in ipairs({'title', 'detail', 'href'}) do
                isSame = isSame and row[name] == fresh[name]
                row[name] = fresh[name]
            end
            row.severity = math.max(row.severity, fresh.severity)
            row.last_at = math.max(row.last_at, fresh.last_at)
            row.count = row.count + times
            return {isSame and 'unchanged' or 'changed', write(KEYS, row)}
        end
        fresh.number = redis.call('INCR', KEYS[3])
        if isMuted(KEYS, fresh.kind, fresh.key, now) then fresh.is_muted = 1 end
        redis.call('HSET', KEYS[2], ARGV[1], fresh.id)
        return {'opened', write(KEYS, fresh)}
        """;

    /// <summary>ARGV: kind and key, the last time up to which it ends or nothing, now.</summary>
    public const string Resolve = Rows + """
        local row = read(KEYS, redis.call('HGET', KEYS[2], ARGV[1]))
        if not row or row.state == 2 or (ARGV[2] ~= '' and row.last_at > tonumber(ARGV[2])) then return '' end
        row.state = 2
        row.resolved_at = tonumber(ARGV[3])
        return write(KEYS, row)
        """;

    /// <summary>Inside of a change. args: id, now, who, why.</summary>
    public const string Acknowledge = Rows + """
        local row = read(keys, args[1])
        if not row or row.state ~= 0 then return 0 end
        row.state = 1
        row.acknowledged_at = tonumber(args[2])
        row.acknowledged_by = args[3]
        row.acknowledged_why = args[4]
        write(keys, row)
        audit()
        return 1
        """;

    /// <summary>Inside of a change. args: kind and key, mute, kind, key or nothing.</summary>
    public const string Mute = Rows + """
        redis.call('HSET', keys[9], args[1], args[2])
        for state = 0, 1 do
            for _, id in ipairs(redis.call('ZRANGE', keys[4 + state], 0, -1)) do
                local row = read(keys, id)
                if row and row.kind == args[3] and (args[4] == '' or row.key == args[4]) then
                    row.is_muted = 1
                    write(keys, row)
                end
            end
        end
        audit()
        return 1
        """;

    /// <summary>Inside of a change. args: kind and key, now.</summary>
    public const string Unmute = Rows + """
        if redis.call('HDEL', keys[9], args[1]) == 0 then return 0 end
        openAgain(keys, tonumber(args[2]))
        audit()
        return 1
        """;

    /// <summary>ARGV: now.</summary>
    public const string EndMutes = Rows + """
        local mutes, gone = redis.call('HGETALL', KEYS[9]), 0
        for index = 1, #mutes, 2 do
            if cjson.decode(mutes[index + 1])['until'] <= tonumber(ARGV[1]) then
                redis.call('HDEL', KEYS[9], mutes[index])
                gone = gone + 1
            end
        end
        if gone > 0 then openAgain(KEYS, tonumber(ARGV[1])) end
        return gone
        """;

    /// <summary>ARGV: before, limit.</summary>
    public const string Purge = Rows + """
        local newest = tonumber(redis.call('GET', KEYS[3]) or '0')
        local gone = 0
        for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[7], '-inf', '(' .. ARGV[1], 'LIMIT', 0, ARGV[2])) do
            local row = read(KEYS, id)
            if row and row.number < newest then
                local field = row.kind .. '\n' .. row.key
                if redis.call('HGET', KEYS[2], field) == id then redis.call('HDEL', KEYS[2], field) end
                redis.call('HDEL', KEYS[1], id)
                for index = 6, 8 do redis.call('ZREM', KEYS[index], id) end
                gone = gone + 1
            end
        end
        return gone
        """;

    /// <summary>Adds rows of another store as they are. ARGV: kind and key, row of each.</summary>
    public const string Import = Rows + """
        for index = 1, #ARGV, 2 do
            local row = cjson.decode(ARGV[index + 1])
            local known = read(KEYS, redis.call('HGET', KEYS[2], ARGV[index]))
            if not known or known.number <= row.number then redis.call('HSET', KEYS[2], ARGV[index], row.id) end
            if row.number > tonumber(redis.call('GET', KEYS[3]) or '0') then redis.call('SET', KEYS[3], row.number) end
            write(KEYS, row)
        end
        return 1
        """;
}
