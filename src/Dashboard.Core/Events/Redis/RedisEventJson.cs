using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dashboard.Core.Events.Redis;

/// <summary>An event as Redis keeps it: a JSON object named as the columns of the table, without number and report.</summary>
internal static class RedisEventJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    public static byte[] Write(EventRow row) =>
        JsonSerializer.SerializeToUtf8Bytes(row with { Number = 0, Report = null }, Json);

    public static EventRow Read(long number, byte[] json) =>
        JsonSerializer.Deserialize<EventRow>(json, Json)! with { Number = number };
}
