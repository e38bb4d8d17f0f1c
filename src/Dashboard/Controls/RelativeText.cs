using System.Globalization;

namespace Dashboard.Controls;

/// <summary>How far away a time is, in words, rounded down to one unit.</summary>
internal static class RelativeText
{
    public static string Of(DateTimeOffset time, DateTimeOffset now)
    {
        var distance = now - time;
        var length = distance.Duration();
        if (length < TimeSpan.FromMinutes(1))
        {
            return distance < TimeSpan.Zero ? "in less than a minute" : "just now";
        }

        return distance < TimeSpan.Zero ? $"in {Words(length)}" : $"{Words(length)} ago";
    }

    private static string Words(TimeSpan length) => length switch
    {
        { TotalHours: < 1 } => Count(length.TotalMinutes, "minute"),
        { TotalDays: < 1 } => Count(length.TotalHours, "hour"),
        { TotalDays: < 60 } => Count(length.TotalDays, "day"),
        { TotalDays: < 730 } => Count(length.TotalDays / 30.44, "month"),
        _ => Count(length.TotalDays / 365.25, "year"),
    };

    private static string Count(double value, string unit)
    {
        var whole = (int)value;
        return string.Create(CultureInfo.InvariantCulture, $"{whole} {unit}{(whole is 1 ? "" : "s")}");
    }
}
