using System.Globalization;

namespace Dashboard.Controls;

/// <summary>A length of time in the largest unit that says it exactly: "90 days", "36 hours".</summary>
internal static class DurationText
{
    public static string Of(TimeSpan length) => length switch
    {
        { TotalDays: >= 1 } when length.TotalDays % 1 is 0 => Count(length.TotalDays, "day"),
        { TotalHours: >= 1 } when length.TotalHours % 1 is 0 => Count(length.TotalHours, "hour"),
        { TotalMinutes: >= 1 } when length.TotalMinutes % 1 is 0 => Count(length.TotalMinutes, "minute"),
        _ => Count(length.TotalSeconds, "second"),
    };

    private static string Count(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{value:0} {unit}{(value is 1 ? "" : "s")}");
}
