using System.Collections.Concurrent;

namespace Dashboard.Core.Audit.Redis;

/// <summary>The script around every audited change.</summary>
internal static class RedisAuditScripts
{
    /// <summary>Before the inside of a change that is no change: one that nobody is told of, or that was made elsewhere.</summary>
    public const string Unaudited = "local keys, args = KEYS, ARGV local function audit() end ";

    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    // KEYS 1-8: head, entries, all actions, all kinds of objects, and the indexes by who, action, kind and object. ARGV 1-7:
    // the hash that must be the newest, and the new entry's number, hash, time, action, kind and text. The change's own keys and
    // arguments come behind them.
    private const string Before = """
        local newest = redis.call('HMGET', KEYS[1], 'number', 'hash', 'at')
        if (newest[2] or string.rep('\0', 32)) ~= ARGV[1] then
            return {'stale', newest[1] or '0', newest[2] or string.rep('\0', 32), newest[3] or '0'}
        end
        local keys, args, number, outcome = {}, {}, ARGV[2], 'unchanged'
        for index = 9, #KEYS do keys[index - 8] = KEYS[index] end
        for index = 8, #ARGV do args[index - 7] = ARGV[index] end
        local function audit()
            redis.call('HSET', KEYS[1], 'number', number, 'hash', ARGV[3], 'at', ARGV[4])
            redis.call('HSET', KEYS[2], number, ARGV[7])
            redis.call('ZADD', KEYS[3], 0, ARGV[5])
            redis.call('ZADD', KEYS[4], 0, ARGV[6])
            for index = 5, 8 do redis.call('ZADD', KEYS[index], number, number) end
            outcome = 'audited'
        end
        local function change()

        """;

    private const string After = """

        end
        local result = change()
        return {outcome, result}
        """;

    /// <summary>The whole script around the inside of a change.</summary>
    public static string Around(string body) => Known.GetOrAdd(body, static inside => Before + inside + After);
}
