using System.Globalization;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;
using Dashboard.Hosting;

namespace Dashboard.Alerts;

/// <summary>What stands in the fields of a rule.</summary>
internal sealed class AlertRuleForm
{
    /// <summary>Codes that are offered; any other can be typed.</summary>
    public static readonly IReadOnlyList<string> Codes =
        [.. Enum.GetValues<ErrorCode>().Select(code => code.Name), "invalid_client", "invalid_grant", "invalid_scope"];

    public string Name { get; set; } = "";

    public string Code { get; set; } = "";

    public AlertRuleBy By { get; set; } = AlertRuleBy.Client;

    public int? Threshold { get; set; } = 20;

    public int? Minutes { get; set; } = 10;

    public AlertSeverity Severity { get; set; } = AlertSeverity.Warning;

    public bool IsEnabled { get; set; } = true;

    public static AlertRuleForm Of(AlertRule rule) => new()
    {
        Name = rule.Name,
        Code = rule.Code ?? "",
        By = rule.By,
        Threshold = rule.Threshold,
        Minutes = (int)rule.Window.TotalMinutes,
        Severity = rule.Severity,
        IsEnabled = rule.IsEnabled,
    };

    /// <summary>Null where it is no whole number: it must not silently become another.</summary>
    public static int? NumberOf(object? typed) =>
        int.TryParse(typed as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public AlertRuleDraft ToDraft() => AlertDrafts.Of(Name, Code, By, Threshold, Minutes, Severity, IsEnabled);
}
