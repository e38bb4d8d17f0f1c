using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;

namespace Dashboard.Alerts;

/// <summary>An alert as the API shows it.</summary>
internal sealed record AlertJson(
    string Id,
    long Number,
    string Kind,
    string Key,
    AlertSeverity Severity,
    AlertState State,
    string Title,
    string Detail,
    string Href,
    DateTimeOffset OpenedAt,
    DateTimeOffset LastAt,
    long Count,
    bool Muted,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    string? AcknowledgedWhy,
    DateTimeOffset? ResolvedAt)
{
    public static AlertJson Of(Alert alert) => new(
        alert.Id,
        alert.Number,
        alert.Kind,
        alert.Key,
        alert.Severity,
        alert.State,
        alert.Title,
        alert.Detail,
        alert.Href,
        alert.OpenedAt,
        alert.LastAt,
        alert.Count,
        alert.IsMuted,
        alert.AcknowledgedAt,
        alert.AcknowledgedBy,
        alert.AcknowledgedWhy,
        alert.ResolvedAt);
}

/// <summary>A mute as the API shows it; without a key it is of all alerts of the kind.</summary>
internal sealed record AlertMuteJson(
    string Kind, string? Key, DateTimeOffset Until, string Reason, string MutedBy, DateTimeOffset MutedAt)
{
    public static AlertMuteJson Of(AlertMute mute) => new(mute.Kind, mute.Key, mute.Until, mute.Reason, mute.By, mute.At);
}

/// <summary>A rule as the API shows it.</summary>
internal sealed record AlertRuleJson(
    string Id,
    string Name,
    string? Code,
    AlertRuleBy By,
    int Threshold,
    int Minutes,
    AlertSeverity Severity,
    bool Enabled,
    bool BuiltIn,
    long Version)
{
    public static AlertRuleJson Of(AlertRule rule) => new(
        rule.Id,
        rule.Name,
        rule.Code,
        rule.By,
        rule.Threshold,
        (int)rule.Window.TotalMinutes,
        rule.Severity,
        rule.IsEnabled,
        rule.IsBuiltIn,
        rule.Version);
}

/// <summary>What a rule would have done in the last day.</summary>
/// <param name="Openings">How many alerts it would have opened.</param>
/// <param name="AtLeast">True where more had so many refusals than were followed.</param>
/// <param name="Cases">About whom, those with most refusals first.</param>
internal sealed record AlertRuleTrialJson(int Openings, bool AtLeast, IReadOnlyList<RuleTrialCase> Cases)
{
    public static AlertRuleTrialJson Of(RuleTrial trial) => new(trial.Openings, trial.IsLeast, trial.Cases);
}
