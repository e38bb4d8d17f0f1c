using StackExchange.Redis;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>Everything a store has in Redis, key by key, as text that can be compared.</summary>
internal static class RedisImage
{
    /// <summary>Key without prefix to its members.</summary>
    public static async Task<SortedDictionary<string, IReadOnlyList<string>>> ReadAsync(string address, string prefix)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync(address);
        var redis = connection.GetDatabase();
        SortedDictionary<string, IReadOnlyList<string>> image = new(StringComparer.Ordinal);
        foreach (var key in connection.GetServer(connection.GetEndPoints()[0]).Keys(pattern: $"{{{prefix}}}:*", pageSize: 1_000))
        {
            image[key.ToString()[(prefix.Length + 3)..]] = await redis.KeyTypeAsync(key) switch
            {
                RedisType.Hash => [.. (await redis.HashGetAllAsync(key)).Select(field => $"{field.Name}={Text(field.Value)}").Order(StringComparer.Ordinal)],
                RedisType.SortedSet => [.. (await redis.SortedSetRangeByRankWithScoresAsync(key)).Select(entry => $"{entry.Element} {entry.Score:R}")],
                _ => [Text(await redis.StringGetAsync(key))],
            };
        }

        return image;
    }

    private static string Text(RedisValue value) => Convert.ToHexString((byte[])value!);
}
