using System.Globalization;
using Dashboard.Controls;
using Dashboard.Hosting.Failures;

namespace Dashboard.Failures;

/// <summary>What the chart shows, in words: for its columns, its table and whoever hears it.</summary>
internal static class FailureText
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>"24 Nov, 12:15 to 12:30"; days as UTC counts them.</summary>
    public static string StepOf(RefusalSteps steps, int index, TimeZoneInfo zone)
    {
        if (steps.Width >= Day)
        {
            var last = steps.At(index + 1) - Day;
            return steps.Width == Day ? Format(last, "d MMM yyyy") : $"{Format(steps.At(index), "d MMM")} to {Format(last, "d MMM yyyy")}";
        }

        var (from, to) = (TimeZoneInfo.ConvertTime(steps.At(index), zone), TimeZoneInfo.ConvertTime(steps.At(index + 1), zone));
        return $"{Format(from, "d MMM, HH:mm")} to {Format(to, "HH:mm")}";
    }

    /// <summary>Everything of one step in a sentence or two.</summary>
    public static string Of(RefusalSeries series, UsualBand usual, int index, TimeZoneInfo zone)
    {
        var codes = series.Codes.Where(code => code.Values[index] > 0).OrderByDescending(code => code.Values[index])
            .Select(code => $"{CodeWords.Of(code.Code).Title} {Number(code.Values[index])}").ToList();
        var what = codes is [] ? "nothing refused" : $"{Number(series.TotalAt(index))} refused ({string.Join(", ", codes)})";
        return $"{StepOf(series.Steps, index, zone)}: {what}{(UsualOf(usual, series.Steps, index) is { } words ? $"; {words}" : "")}.";
    }

    /// <summary>"usually 3–12 in this hour"; null where nobody knows.</summary>
    public static string? UsualOf(UsualBand usual, RefusalSteps steps, int index)
    {
        if (index >= usual.Steps.Count || usual.Steps[index] is not { } step)
        {
            return null;
        }

        // Nobody thinks in thirds of a refusal a minute.
        var factor = steps.Width < Hour ? Hour / steps.Width : 1;
        var hours = steps.Width <= Hour ? "this hour" : $"these {DurationText.Of(steps.Width)}";
        return $"usually {Between(step.Low * factor, step.High * factor)} in {hours}";
    }

    /// <summary>"3–12", or "3" where both are the same.</summary>
    public static string Between(double low, double high) => (Number(Math.Round(low)), Number(Math.Round(high))) switch
    {
        var (one, other) when one == other => one,
        var (one, other) => $"{one}–{other}",
    };

    public static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A part of the whole, such as "12 %" or "&lt; 1 %".</summary>
    public static string ShareOf(long part, long whole) => whole <= 0
        ? ""
        : part * 100.0 / whole is var percent && percent is > 0 and < 1
            ? "< 1 %"
            : $"{Number(Math.Min(100, Math.Floor(percent)))} %";

    /// <summary>Why there is no band, or what it is.</summary>
    public static string DescribeBand(UsualBand usual) => usual.Gap switch
    {
        UsualGap.TooYoung =>
            "There is no usual to compare with yet: that needs a week of counts, and is shown as soon as there is one.",
        UsualGap.TooLong => "There is no usual to compare with: counts by the hour are kept for 100 days, and this time needs older ones.",
        _ => "The band is what is usual: the lowest and the highest of the same hour of the week in the past four weeks; "
            + "the dashed line is their middle.",
    };

    private static string Format(DateTimeOffset moment, string format) => moment.ToString(format, CultureInfo.InvariantCulture);
}
