using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Dashboard.Core.Storage.Redis;

/// <summary>Tells scripts that only read from those that write, for whoever measures them.</summary>
internal static partial class ScriptKinds
{
    private static readonly HashSet<string> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        "EXISTS", "GET", "HEXISTS", "HGET", "HGETALL", "HLEN", "HMGET", "HVALS", "ZCARD", "ZCOUNT", "ZMSCORE", "ZRANGE",
        "ZRANGEBYLEX", "ZRANGEBYSCORE", "ZRANK", "ZREVRANGE", "ZREVRANGEBYLEX", "ZREVRANGEBYSCORE", "ZREVRANK", "ZSCORE",
    };

    // Scripts are constants, so there are few.
    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    /// <summary>True for a script that calls nothing but what is known to read.</summary>
    public static bool OnlyReads(string script) => Known.GetOrAdd(
        script, static text => Call().Matches(text).All(match => Readers.Contains(match.Groups["name"].Value)));

    [GeneratedRegex(@"redis\.p?call\(\s*'?(?<name>\w*)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Call();
}
