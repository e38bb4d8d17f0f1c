using System.Globalization;

namespace Dashboard.Hosting.Queries;

/// <summary>Moments as they stand in addresses, queries and JSON: ISO 8601, in UTC.</summary>
internal static class QueryTime
{
    /// <summary>What is said of a moment that cannot be read.</summary>
    public const string Fault = "must be a date and time such as 2026-01-15T09:30:00Z";

    /// <summary>Reads a moment; null for what is none. In UTC where nothing else is said.</summary>
    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
        && time.Year is >= 1970 and < 9000
            ? time
            : null;

    /// <summary>Writes a moment, to the millisecond where it has one; null for none.</summary>
    public static string? Write(DateTimeOffset? time) => time is { } given ? Write(given) : null;

    /// <inheritdoc cref="Write(DateTimeOffset?)"/>
    public static string Write(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
