using System.Globalization;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>Where the refusals are that a rule counted: the failures page, filtered to them.</summary>
internal static class RuleLinks
{
    public static string ToFailures(AlertRule rule, string value, DateTimeOffset now)
    {
        List<string> query = [];
        if (rule.Code is { } code)
        {
            query.Add($"code={Uri.EscapeDataString(code)}");
        }

        if (rule.By is not AlertRuleBy.None)
        {
            query.Add($"{NameOf(rule.By)}={Uri.EscapeDataString(value)}");
        }

        // Whole hours around it: the link stays the same while it goes on, and holds what happened whenever somebody looks.
        query.Add(rule.Window <= TimeSpan.FromHours(1)
            ? $"from={Time(now - TimeSpan.FromHours(2))}&to={Time(now + TimeSpan.FromHours(1))}"
            : $"from={Time(now - rule.Window - TimeSpan.FromHours(6))}&to={Time(now + TimeSpan.FromHours(6))}");
        return $"/failures?{string.Join('&', query)}";
    }

    private static string NameOf(AlertRuleBy by) => by switch
    {
        AlertRuleBy.Client => "client",
        AlertRuleBy.Address => "address",
        _ => "subject",
    };

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour)).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
