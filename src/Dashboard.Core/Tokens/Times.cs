using System.Globalization;

namespace Dashboard.Core.Tokens;

/// <summary>Writes times the way every text of Signet does: UTC, ISO 8601, whole seconds, Z.</summary>
internal static class Times
{
    public static string Iso(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "an unknown time";
}
