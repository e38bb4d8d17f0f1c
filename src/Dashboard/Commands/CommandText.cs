using System.Globalization;

namespace Dashboard.Commands;

/// <summary>How values are written for a person at a terminal.</summary>
internal static class CommandText
{
    /// <summary>A time in UTC, to the second; nothing for none.</summary>
    public static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    /// <summary>A number with its thousands.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A length of time in the two largest units that are not zero: <c>3 d 4 h</c>, <c>59 min 1 s</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var length = span.Duration();
        (long Number, string Unit)[] parts =
            [((long)length.TotalDays, "d"), (length.Hours, "h"), (length.Minutes, "min"), (length.Seconds, "s")];
        var said = parts.SkipWhile(part => part.Number is 0).Take(2).Where(part => part.Number is not 0).ToList();
        return said is [] ? "0 s" : string.Join(' ', said.Select(part => $"{part.Number} {part.Unit}"));
    }

    /// <summary>
    /// Text from elsewhere on one line, without what a terminal would obey: a client's name must move no cursor and paint over no
    /// row.
    /// </summary>
    public static string Plain(string? text) => text is null || !text.Any(char.IsControl)
        ? text ?? ""
        : string.Concat(text.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
}
