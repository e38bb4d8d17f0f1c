using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;

namespace Dashboard.Alerts;

/// <summary>Why nothing was changed, in one sentence for pages and answers alike.</summary>
internal static class AlertRefusals
{
    public const string UnknownAlert = "There is no alert with this id.";
    public const string UnknownRule = "There is no rule with this id.";
    public const string UnknownMute = "These alerts are not muted.";

    public static string Describe(AlertAcknowledgement outcome) => outcome switch
    {
        AlertAcknowledgement.Unknown => UnknownAlert,
        AlertAcknowledgement.Already { Alert.AcknowledgedBy: var who } => $"{who} has acknowledged this alert already.",
        AlertAcknowledgement.Over => "This alert is over: there is nothing to acknowledge.",
        var other => throw new InvalidOperationException($"No words for {other.GetType().Name}."),
    };

    public static string Describe(AlertRuleChange change) => change switch
    {
        AlertRuleChange.Unknown => UnknownRule,
        AlertRuleChange.Overtaken => "Somebody changed this rule meanwhile. Look at it again before you change it.",
        AlertRuleChange.BuiltIn => "Every deployment has this rule, so it cannot be deleted. Disable it instead.",
        AlertRuleChange.TooMany { Most: var most } => $"There are {most} rules, and no more can be looked at every few seconds. Delete one first.",
        AlertRuleChange.Invalid { Faults: [var fault, ..] } => $"{fault.Field} {fault.Message}.",
        var other => throw new InvalidOperationException($"No words for {other.GetType().Name}."),
    };
}
