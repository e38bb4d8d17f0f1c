using System.CommandLine;
using System.Globalization;

namespace Dashboard.Commands;

/// <summary>Lengths of time as people type them: <c>90s</c>, <c>15m</c>, <c>1h</c>, <c>7d</c>, or a number of seconds.</summary>
internal static class DurationOption
{
    /// <summary>An option that takes one; null where it is not given.</summary>
    public static Option<TimeSpan?> Create(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            if (result.Tokens is [{ Value: var text }] && Parse(text) is { } duration)
            {
                return duration;
            }

            result.AddError($"{name} must be a number of seconds, or a length of time such as 90s, 15m, 1h or 7d.");
            return null;
        },
    };

    /// <summary>Reads a length of time; null for what is none, for none at all and for one beyond sixty years.</summary>
    public static TimeSpan? Parse(string text)
    {
        var (digits, unit) = text is [.. var number, var last and >= 'a' and <= 'z'] ? (number, last) : (text, 's');
        var seconds = unit switch { 's' => 1, 'm' => 60, 'h' => 3_600, 'd' => 86_400, 'w' => 604_800, _ => 0 };
        return seconds > 0
            && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count > 0
            && count <= int.MaxValue / seconds
                ? TimeSpan.FromSeconds(count * seconds)
                : null;
    }
}
