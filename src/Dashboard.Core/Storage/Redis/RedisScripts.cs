namespace Dashboard.Core.Storage.Redis;

/// <summary>What the connection itself runs on the server; features keep their scripts beside their adapters.</summary>
internal static class RedisScripts
{
    /// <summary>The format this program writes.</summary>
    public const int Format = 1;

    /// <summary>Names a new store, and gives the name and format of the one that is there.</summary>
    public const string ClaimStore = """
        if redis.call('HSETNX', KEYS[1], 'id', ARGV[1]) == 1 then
            redis.call('HSET', KEYS[1], 'format', ARGV[2])
        end
        return redis.call('HMGET', KEYS[1], 'id', 'format')
        """;

    /// <summary>What the server answers where <see cref="IfLeading"/> stopped a script.</summary>
    public const string TermOver = "TERMOVER";

    /// <summary>
    /// The beginning of a script that only the leader may run. The last key is the lease and the last argument the term;
    /// the rest of the script sees neither.
    /// </summary>
    public const string IfLeading = $"""
        if redis.call('HGET', table.remove(KEYS), 'term') ~= table.remove(ARGV) then
            return redis.error_reply('{TermOver} another node leads')
        end

        """;
}
