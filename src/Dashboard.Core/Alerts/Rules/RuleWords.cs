using System.Globalization;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>Rules and what they found, in words.</summary>
internal static class RuleWords
{
    public static string Describe(AlertRule rule) => string.Create(
        CultureInfo.InvariantCulture, $"{rule.Threshold} {Refusals(rule.Threshold)}{WithCode(rule.Code)}{OfOne(rule.By)} in {Span(rule.Window)}");

    /// <summary>What happened, of one value of the rule's dimension.</summary>
    public static string DetailOf(AlertRule rule, string value, long count, string? mainCode) => string.Create(
        CultureInfo.InvariantCulture,
        $"{count} {Refusals(count)}{WithCode(rule.Code)}{Of(rule.By, value)} within {Span(rule.Window)}; the rule asks for {rule.Threshold}.")
        + (rule.Code is null && mainCode is not null ? $" Most had {mainCode}." : "");

    /// <summary>Minutes as people say them.</summary>
    public static string Span(TimeSpan window)
    {
        var minutes = (int)window.TotalMinutes;
        return minutes % 60 == 0 && minutes > 0 ? Count(minutes / 60, "hour") : Count(minutes, "minute");
    }

    private static string Count(int number, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");

    private static string Refusals(long count) => count == 1 ? "refusal" : "refusals";

    private static string WithCode(string? code) => code is null ? "" : $" with {code}";

    private static string OfOne(AlertRuleBy by) => by switch
    {
        AlertRuleBy.Client => " of one client",
        AlertRuleBy.Address => " from one address",
        AlertRuleBy.Subject => " of one subject",
        _ => " in total",
    };

    private static string Of(AlertRuleBy by, string value) => by switch
    {
        AlertRuleBy.Client => $" of the client {value}",
        AlertRuleBy.Address => $" from {value}",
        AlertRuleBy.Subject => $" of the subject {value}",
        _ => "",
    };
}
