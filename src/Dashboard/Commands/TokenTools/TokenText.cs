using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dashboard.Commands.TokenTools;

/// <summary>How what stands in a token is written for a person at a terminal.</summary>
internal static class TokenText
{
    // Controls stay escaped: nothing in a token is obeyed by a terminal.
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(JsonElement json) => JsonSerializer.Serialize(json, Indented);

    /// <summary>A time and how far away it is: <c>2030-01-01 12:00:00Z (in 1 h)</c>; "not said" for none.</summary>
    public static string Moment(DateTimeOffset? time, DateTimeOffset now) =>
        time is null ? "not said" : $"{CommandText.Time(time)} ({Distance(time.Value, now)})";

    /// <summary>The same of an expiry: <c>expires in 1 h</c>, <c>expired 1 h ago</c>.</summary>
    public static string Expiry(DateTimeOffset? time, DateTimeOffset now) =>
        time is not { } at ? "not said: it never expires"
        : $"{CommandText.Time(at)} ({(at > now ? $"expires in {CommandText.Span(at - now)}" : $"expired {CommandText.Span(now - at)} ago")})";

    private static string Distance(DateTimeOffset time, DateTimeOffset now) =>
        time > now ? $"in {CommandText.Span(time - now)}" : $"{CommandText.Span(now - time)} ago";
}
