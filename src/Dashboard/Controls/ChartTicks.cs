using System.Globalization;

namespace Dashboard.Controls;

/// <summary>The moments that are written below a chart: few, round on a zone's clock, and never between two hours that it skips.</summary>
internal static class ChartTicks
{
    private const int Most = 7;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static readonly IReadOnlyList<TimeSpan> Distances =
    [
        .. new[] { 1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 5, 7, 14, 30, 60, 180, 365 }.Select(days => TimeSpan.FromDays(days)),
    ];

    /// <summary>The moments from one on and before another, with their texts.</summary>
    public static IReadOnlyList<(DateTimeOffset At, string Text)> Of(DateTimeOffset from, DateTimeOffset to, TimeZoneInfo zone)
    {
        var distance = Distances.FirstOrDefault(distance => (to - from) / distance <= Most, Distances[^1]);
        var begin = TimeZoneInfo.ConvertTime(from, zone).DateTime;
        List<(DateTimeOffset, string)> ticks = [];
        for (var local = Floor(begin, distance); ; local += distance)
        {
            if (zone.IsInvalidTime(local))
            {
                continue;
            }

            var at = new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone));
            if (at >= to)
            {
                return ticks;
            }

            if (at >= from)
            {
                ticks.Add((at, TextOf(local, distance)));
            }
        }
    }

    private static DateTime Floor(DateTime local, TimeSpan distance) => distance < Day
        ? local.Date + (distance * Math.Floor(local.TimeOfDay / distance))
        : local.Date;

    private static string TextOf(DateTime local, TimeSpan distance) =>
        local.ToString(distance < Day && local.TimeOfDay != TimeSpan.Zero ? "HH:mm" : "d MMM", CultureInfo.InvariantCulture);
}
