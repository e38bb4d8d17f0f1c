using System.Text.Json;

namespace Dashboard.Core.Webhooks;

/// <summary>The body of a message in the one form that receivers read, whatever it tells of.</summary>
internal static class WebhookBody
{
    /// <summary>A time in it ends with <c>Z</c>.</summary>
    /// <param name="type">What happened.</param>
    /// <param name="at">When.</param>
    /// <param name="data">The rest, under the names of its members.</param>
    public static string Of<TData>(string type, DateTimeOffset at, TData data) =>
        JsonSerializer.Serialize(new { type, timestamp = at.UtcDateTime, data });
}
