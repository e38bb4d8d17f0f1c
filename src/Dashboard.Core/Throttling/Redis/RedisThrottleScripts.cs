using Dashboard.Core.Audit.Redis;

namespace Dashboard.Core.Throttling.Redis;

/// <summary>
/// Counters in Redis: a hash with <c>failures:last_at:expires_at</c> by key, and a sorted set of the keys by expiry. All
/// times in milliseconds.
/// </summary>
internal static class RedisThrottleScripts
{
    /// <summary>KEYS: counters, expiries. ARGV: now, then for each use its key, mark, free, first, longest, window and stop. The wait.</summary>
    public const string Take = Functions + """
        local now, found, wait = tonumber(ARGV[1]), {}, 0
        for index = 2, #ARGV, 7 do
            local use = {
                key = ARGV[index], free = tonumber(ARGV[index + 2]), first = tonumber(ARGV[index + 3]),
                longest = tonumber(ARGV[index + 4]), window = tonumber(ARGV[index + 5]), stop = tonumber(ARGV[index + 6]),
            }
            use.failures, use.last, use.expires = find(use.key, now)
            if ARGV[index + 1] ~= '' then
                local _, unlocked = find(ARGV[index + 1], now)
                if unlocked > 0 and unlocked <= now and use.last <= unlocked then use.failures, use.last, use.expires = 0, 0, 0 end
            end
            if use.stop > 0 and use.failures >= use.stop then
                wait = math.max(wait, use.longest)
            elseif use.failures >= use.free then
                local delay = math.min(use.first * 2 ^ math.min(use.failures - use.free, 24), use.longest)
                wait = math.max(wait, delay - math.max(0, now - use.last))
            end
            found[#found + 1] = use
        end
        for _, use in ipairs(found) do
            if wait <= 0 then
                local failures = use.failures + 1
                local stopped = use.stop > 0 and failures >= use.stop
                set(use.key, failures, now, stopped and never or now + use.window)
            elseif use.last > now then
                set(use.key, use.failures, now, use.expires)
            end
        end
        return math.max(wait, 0)
        """;

    /// <summary>KEYS: counters, expiries. ARGV: how many to clear, their keys, and then the keys to give one back to.</summary>
    public const string GiveBack = Functions + """
        local clear = tonumber(ARGV[1])
        for index = 2, #ARGV do
            local failures, last, expires = find(ARGV[index], -1)
            if index <= clear + 1 or failures <= 1 then
                drop(ARGV[index])
            else
                set(ARGV[index], failures - 1, last, expires)
            end
        end
        return 1
        """;

    /// <summary>The inside of an audited change. Keys: counters, expiries. Arguments: mark, now, its expiry, keys to clear.</summary>
    public const string Unlock = """
        for index = 4, #args do
            redis.call('HDEL', keys[1], args[index])
            redis.call('ZREM', keys[2], args[index])
        end
        redis.call('HSET', keys[1], args[1], '1:' .. args[2] .. ':' .. args[3])
        redis.call('ZADD', keys[2], args[3], args[1])
        audit()
        return 1
        """;

    /// <summary>The same without an entry.</summary>
    public const string UnlockQuietly = RedisAuditScripts.Unaudited + Unlock;

    /// <summary>KEYS: counters, expiries. ARGV: now, then for each count its key, number and expiry. The totals.</summary>
    public const string Count = Functions + """
        local now, totals = tonumber(ARGV[1]), {}
        for index = 2, #ARGV, 3 do
            local by = tonumber(ARGV[index + 1])
            local total = find(ARGV[index], now) + by
            if by > 0 then set(ARGV[index], total, now, tonumber(ARGV[index + 2])) end
            totals[#totals + 1] = total
        end
        for _, key in ipairs(redis.call('ZRANGE', KEYS[2], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, #totals * 2)) do drop(key) end
        return totals
        """;

    /// <summary>KEYS: counters, expiries. ARGV: before, limit. How many went.</summary>
    public const string Purge = """
        local due = redis.call('ZRANGE', KEYS[2], '-inf', '(' .. ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[2])
        if #due > 0 then
            redis.call('HDEL', KEYS[1], unpack(due))
            redis.call('ZREM', KEYS[2], unpack(due))
        end
        return #due
        """;

    // Of ThrottleRule.Never.
    private const string Functions = """
        local never = 253402300799999
        local function find(key, now)
            local row = redis.call('HGET', KEYS[1], key)
            if not row then return 0, 0, 0 end
            local failures, last, expires = string.match(row, '^(%d+):(%d+):(%d+)$')
            if tonumber(expires) <= now then return 0, 0, 0 end
            return tonumber(failures), tonumber(last), tonumber(expires)
        end
        local function set(key, failures, last, expires)
            redis.call('HSET', KEYS[1], key, string.format('%.0f:%.0f:%.0f', failures, last, expires))
            redis.call('ZADD', KEYS[2], string.format('%.0f', expires), key)
        end
        local function drop(key)
            redis.call('HDEL', KEYS[1], key)
            redis.call('ZREM', KEYS[2], key)
        end

        """;
}
