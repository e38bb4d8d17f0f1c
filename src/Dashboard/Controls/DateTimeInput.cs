using System.Globalization;

namespace Dashboard.Controls;

/// <summary>The text of an input of type <c>datetime-local</c>, which knows no zone, and back.</summary>
internal static class DateTimeInput
{
    private const string Format = "yyyy-MM-dd'T'HH:mm";

    public static string? Write(DateTimeOffset? time, TimeZoneInfo zone) =>
        time is { } value ? TimeZoneInfo.ConvertTime(value, zone).ToString(Format, CultureInfo.InvariantCulture) : null;

    /// <summary>Null for an empty or unreadable text.</summary>
    public static DateTimeOffset? Read(string? text, TimeZoneInfo zone)
    {
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year < 1970)
        {
            return null;
        }

        // An hour that the clocks skip is read as the hour after it.
        var existing = zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(existing, DateTimeKind.Unspecified), zone));
    }
}
