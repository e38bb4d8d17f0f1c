using System.Text.Json;
using System.Text.Json.Serialization;
using StackExchange.Redis;

namespace Dashboard.Core.Storage.Redis;

/// <summary>Rows that are read and written whole: JSON whose members are named like the columns of the SQLite tables.</summary>
internal static class RedisJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static RedisValue Write<T>(T row) => JsonSerializer.SerializeToUtf8Bytes(row, Options);

    public static T Read<T>(RedisValue value) => JsonSerializer.Deserialize<T>((byte[])value!, Options)!;
}
