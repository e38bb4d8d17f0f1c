using System.Globalization;

namespace Dashboard.Core.Storage.Redis;

/// <summary>What a server says of itself; null for what it does not say, as servers that others run often do.</summary>
internal sealed record RedisServerFacts(
    string Place, Version Version, bool IsReplica, long? UsedBytes, string? Persistence, int? Replicas)
{
    /// <summary>Reads it from the answer to INFO.</summary>
    public static RedisServerFacts Of(string place, Version version, bool isReplica, IReadOnlyDictionary<string, string> info) => new(
        place,
        version,
        isReplica,
        long.TryParse(info.GetValueOrDefault("used_memory"), CultureInfo.InvariantCulture, out var used) ? used : null,
        info.GetValueOrDefault("aof_enabled") switch
        {
            "1" => "append-only file",
            "0" => "snapshots, if any",
            _ => null,
        },
        int.TryParse(info.GetValueOrDefault("connected_slaves"), CultureInfo.InvariantCulture, out var replicas) ? replicas : null);
}
