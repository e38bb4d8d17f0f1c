namespace Dashboard.Core.Alerts.Rules;

/// <summary>A rule as every store keeps it.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Code">The code that is counted; null for any.</param>
/// <param name="CountedBy">Whose refusals are counted together.</param>
/// <param name="Threshold">From how many on.</param>
/// <param name="Minutes">Within how long.</param>
/// <param name="Severity">1 for a warning, 2 for what is critical.</param>
/// <param name="IsEnabled">1 where it is looked at.</param>
/// <param name="Version">Counts its changes.</param>
internal sealed record AlertRuleRow(
    string Id,
    string Name,
    string? Code,
    string CountedBy,
    long Threshold,
    long Minutes,
    long Severity,
    long IsEnabled,
    long Version)
{
    public static AlertRuleRow Of(AlertRule rule) => new(
        rule.Id,
        rule.Name,
        rule.Code,
        rule.By.ToString(),
        rule.Threshold,
        (long)rule.Window.TotalMinutes,
        (long)rule.Severity,
        rule.IsEnabled ? 1 : 0,
        rule.Version);

    public AlertRule ToRule() => new()
    {
        Id = Id,
        Name = Name,
        Code = Code,
        By = Enum.Parse<AlertRuleBy>(CountedBy),
        Threshold = (int)Threshold,
        Window = TimeSpan.FromMinutes(Minutes),
        Severity = (AlertSeverity)Severity,
        IsEnabled = IsEnabled != 0,
        Version = Version,
    };
}
