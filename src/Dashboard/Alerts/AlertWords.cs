using Dashboard.Controls;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;

namespace Dashboard.Alerts;

/// <summary>Alerts and rules in words and shapes.</summary>
internal static class AlertWords
{
    public static string TitleOf(AlertState state) => state switch
    {
        AlertState.Open => "Open",
        AlertState.Acknowledged => "Acknowledged",
        AlertState.Resolved => "Resolved",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    public static string TitleOf(AlertSeverity severity) => severity is AlertSeverity.Critical ? "Critical" : "Warning";

    public static string TitleOf(AlertRuleBy by) => by switch
    {
        AlertRuleBy.Client => "One client",
        AlertRuleBy.Address => "One address",
        AlertRuleBy.Subject => "One subject",
        _ => "Everybody together",
    };

    /// <summary>A kind as people say it; a rule's is the rule's name, where it still is there.</summary>
    public static string TitleOf(string kind, IReadOnlyList<AlertRule> rules) => kind switch
    {
        AlertKinds.RefreshReplay => "Refresh token replayed",
        AlertKinds.UnknownToken => "Unknown token with our signature",
        AlertKinds.OperatorReset => "Operator reset",
        AlertKinds.KeyRevoked => "Signing key revoked",
        AlertKinds.MasterKeyMismatch => "Master key mismatch",
        AlertKinds.AuditBroken => "Audit log broken",
        AlertKinds.EventsLost => "Events lost",
        AlertKinds.DiskLow => "Disk nearly full",
        AlertKinds.StoreLarge => "Store larger than planned",
        AlertKinds.Expiring => "Runs out soon",
        AlertKinds.IssuerStale => "Trusted issuer stale",
        _ when AlertKinds.RuleOf(kind) is { } id => rules.FirstOrDefault(rule => rule.Id == id)?.Name ?? "A rule that is gone",
        _ => kind,
    };

    /// <summary>An open alert has the shape of its severity; one that asks for nothing has none of that.</summary>
    public static StatusKind KindOf(Alert alert) => alert switch
    {
        { State: AlertState.Resolved } => StatusKind.Ended,
        { Severity: AlertSeverity.Critical } => StatusKind.Refused,
        _ => StatusKind.Warning,
    };

    public static string StatusOf(Alert alert) => alert switch
    {
        { State: AlertState.Resolved } => "Resolved",
        { State: AlertState.Acknowledged } => "Acknowledged",
        { IsMuted: true } => "Muted",
        _ => TitleOf(alert.Severity),
    };

    /// <summary>"once", "3 times"; a state that merely goes on has no number.</summary>
    public static string TimesOf(Alert alert) => alert.Count == 1 ? "once" : $"{alert.Count:N0} times";
}
