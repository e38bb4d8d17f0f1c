namespace Dashboard.Core.Alerts.Rules;

/// <summary>
/// The rules that every deployment has before anybody makes one. They are no rows: what is stored under the id of one takes its
/// place, so two nodes that start at once cannot add it twice, and a later version can correct one that nobody touched.
/// </summary>
internal static class DefaultRules
{
    public static readonly IReadOnlyList<AlertRule> All =
    [
        Of("rule_logins_by_address", "Many refused logins from one address", "INVALID_CREDENTIALS", AlertRuleBy.Address, 20, 5, true),
        Of("rule_expired_by_client", "One client keeps using expired tokens", "TOKEN_EXPIRED", AlertRuleBy.Client, 50, 10, false),
        Of("rule_client_authentication", "One client fails to authenticate", "invalid_client", AlertRuleBy.Client, 20, 10, false),
    ];

    public static AlertRule? Find(string id) => All.FirstOrDefault(rule => rule.Id == id);

    private static AlertRule Of(string id, string name, string code, AlertRuleBy by, int threshold, int minutes, bool isCritical) => new()
    {
        Id = id,
        Name = name,
        Code = code,
        By = by,
        Threshold = threshold,
        Window = TimeSpan.FromMinutes(minutes),
        Severity = isCritical ? AlertSeverity.Critical : AlertSeverity.Warning,
        IsEnabled = true,
    };
}
