using Dashboard.Core.Audit.Redis;

namespace Dashboard.Core.Tokens.Ledger.Redis;

/// <summary>What runs on the server. No script looks at more than a few hundred rows: everyone else waits for it.</summary>
internal static class LedgerScripts
{
    /// <summary>
    /// A function for other scripts: adds a row, and tells whether there was none with its id. Keys: the row, the names by
    /// place, then indexes. Arguments: how many fields and values the row has, these, the place and its names, then member
    /// and score for each index. A score only grows: of a signing key the latest expiry counts.
    /// </summary>
    public const string AddRow = """
        local function addRow(keys, args)
            if redis.call('EXISTS', keys[1]) == 1 then return false end
            local fields = tonumber(args[1])
            redis.call('HSET', keys[1], unpack(args, 2, fields + 1))
            redis.call('HSET', keys[2], args[fields + 2], args[fields + 3])
            for index = 3, #keys do
                local member = fields + 2 * index - 2
                redis.call('ZADD', keys[index], 'GT', args[member + 1], args[member])
            end
            return true
        end

        """;

    /// <summary>The inside of a change, with keys and arguments as in <see cref="AddRow"/>.</summary>
    public const string Add = AddRow + """
        if not addRow(keys, args) then return 0 end
        audit()
        return 1
        """;

    /// <summary>The same for a change that nobody is told of.</summary>
    public const string AddUnaudited = RedisAuditScripts.Unaudited + Add;

    /// <summary>
    /// A function for other scripts: ends the life of what was good once and was used, so that it shows as expired. Keys: the
    /// row, then the indexes by expiry of all tokens, of live and of revoked ones.
    /// </summary>
    public const string EndRow = """
        local function endRow(keys, at)
            local row = redis.call('HMGET', keys[1], 'token_id', 'issued_at', 'expires_at')
            if not row[1] or tonumber(row[3]) <= tonumber(at) then return end
            redis.call('HSET', keys[1], 'expires_at', at)
            local place = string.format('%015.0f:', row[2]) .. row[1]
            for index = 2, #keys do redis.call('ZADD', keys[index], 'XX', at, place) end
        end

        """;

    /// <summary>
    /// A function for other scripts: the ledger's part of a change, from a place among the keys and one among the arguments on.
    /// False, and nothing written, where the ledger holds the new row's id already. See <see cref="LedgerChanges"/>.
    /// </summary>
    public const string ChangeLedger = AddRow + EndRow + """
        local function changeLedger(keys, args, key, argument)
            if #args < argument then return true end
            if #args > argument and not addRow({unpack(keys, key + 4)}, {unpack(args, argument + 1)}) then return false end
            endRow({unpack(keys, key, key + 3)}, args[argument])
            return true
        end

        """;

    /// <summary>
    /// A function for other scripts: stamps the row under a key, and tells whether it was there and unrevoked.
    /// <c>status</c> are the keys of <see cref="LedgerIndexes.OfStatus"/>.
    /// </summary>
    public const string Stamp = """
        local function stamp(status, key, at, by, reason)
            local row = redis.call('HMGET', key, 'token_id', 'issued_at', 'expires_at', 'revoked_at')
            if not row[1] or row[4] then return false end
            local place = string.format('%015.0f:', row[2]) .. row[1]
            redis.call('HSET', key, 'revoked_at', at, 'revoked_by', by, 'revoked_reason', reason)
            for index = 1, 3 do redis.call('ZREM', status[index], place) end
            redis.call('ZADD', status[4], 0, place)
            redis.call('ZADD', status[5], at, place)
            redis.call('ZADD', status[6], row[3], place)
            return true
        end

        """;

    /// <summary>Keys: tokens never presented, then rows. Arguments: four for each row, empty where unknown.</summary>
    public const string Present = """
        for index = 2, #KEYS do
            local row = redis.call('HMGET', KEYS[index], 'token_id', 'issued_at', 'last_presented_at')
            local given = 4 * index - 8
            if row[1] and tonumber(row[3] or 0) <= tonumber(ARGV[given + 1]) then
                local function write(which)
                    for member, name in ipairs({'at', 'ip', 'agent', 'to'}) do
                        local field, value = which .. '_presented_' .. name, ARGV[given + member]
                        if value == '' then redis.call('HDEL', KEYS[index], field) else redis.call('HSET', KEYS[index], field, value) end
                    end
                end
                if redis.call('HEXISTS', KEYS[index], 'first_presented_at') == 0 then
                    redis.call('ZREM', KEYS[1], string.format('%015.0f:', row[2]) .. row[1])
                    write('first')
                end
                write('last')
            end
        end
        return 1
        """;

    /// <summary>
    /// Keys: the row, the names by place, its indexes, then for each of its values the index of that value's tokens and the
    /// set of such values. Arguments: how many indexes, the place, the member in each index, then each value.
    /// </summary>
    public const string Purge = """
        if redis.call('DEL', KEYS[1]) == 0 then return 0 end
        redis.call('HDEL', KEYS[2], ARGV[2])
        local last = tonumber(ARGV[1]) + 2
        for index = 3, last do redis.call('ZREM', KEYS[index], ARGV[index]) end
        for value = 1, #ARGV - last do
            local tokens = last + 2 * value - 1
            if redis.call('EXISTS', KEYS[tokens]) == 0 then redis.call('ZREM', KEYS[tokens + 1], ARGV[last + value]) end
        end
        return 1
        """;

    /// <summary>
    /// Moves tokens whose time has come from live to expired. Keys: live, live by expiry, expired, and the latest expiry
    /// that was ever moved. Arguments: the time, and the most to move. Tells how many went, and that latest expiry.
    /// </summary>
    public const string Expire = """
        local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1], 'WITHSCORES', 'LIMIT', 0, ARGV[2])
        for index = 1, #due, 2 do
            redis.call('ZREM', KEYS[1], due[index])
            redis.call('ZREM', KEYS[2], due[index])
            redis.call('ZADD', KEYS[3], 0, due[index])
        end
        local latest = redis.call('GET', KEYS[4]) or '0'
        if #due > 0 and tonumber(due[#due]) > tonumber(latest) then
            latest = due[#due]
            redis.call('SET', KEYS[4], latest)
        end
        return {#due / 2, latest}
        """;

    /// <summary>
    /// Reads a stretch of an index, newest first, and keeps what passes every test. Keys: the names by place, the index, then
    /// one for each test. Arguments: a text, the bounds and the most to read, then what <see cref="Sieve"/> takes. Tells how
    /// many places it read, the last of them, and those that passed.
    /// </summary>
    public const string Walk = """
        local places = redis.call('ZREVRANGEBYLEX', KEYS[2], ARGV[2], ARGV[3], 'LIMIT', 0, ARGV[4])
        local first, given = 3, 5
        """ + Sieve;

    /// <summary>The same for places that are given. Arguments: a text, how many, these, then what <see cref="Sieve"/> takes.</summary>
    public const string Test = """
        local first, given = 2, tonumber(ARGV[2]) + 3
        local places = {unpack(ARGV, 3, given - 1)}
        """ + Sieve;

    // Three arguments for each test: lowest and highest score, and whether a place must be there or must not. Then, where
    // there is a text, the id (behind 16 characters of the place), the subject or the client must begin with it.
    private const string Sieve = """

        local read, last = #places, places[#places] or ''
        for index = first, #KEYS do
            if #places == 0 then break end
            local from, to, wanted = tonumber(ARGV[given]), tonumber(ARGV[given + 1]), ARGV[given + 2] == '1'
            given = given + 3
            local scores = redis.call('ZMSCORE', KEYS[index], unpack(places))
            local passed = {}
            for position, place in ipairs(places) do
                local score = scores[position] and tonumber(scores[position])
                if (score and score >= from and score <= to or false) == wanted then passed[#passed + 1] = place end
            end
            places = passed
        end
        local text = ARGV[1]
        if text ~= '' and #places > 0 then
            local names = redis.call('HMGET', KEYS[1], unpack(places))
            local passed = {}
            for position, place in ipairs(places) do
                if string.sub(place, 17, 16 + #text) == text or string.find(names[position] or '', '\0' .. text, 1, true) then
                    passed[#passed + 1] = place
                end
            end
            places = passed
        end
        return {read, last, places}
        """;
}
