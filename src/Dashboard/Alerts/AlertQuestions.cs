using Dashboard.Controls;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;

namespace Dashboard.Alerts;

/// <summary>What an administrator is told and asked before alerts or their rules change.</summary>
internal static class AlertQuestions
{
    public static ReasonQuestion Acknowledge(Alert alert) => new()
    {
        Title = "Acknowledge this alert?",
        Named = alert.Title,
        Consequence = "It no longer asks for attention, in the top bar or anywhere else. What you say stands beside it.",
        Survives = "The alert itself: it is counted on, and over when it no longer is so.",
        ActionLabel = "Acknowledge",
        IsDestructive = false,
    };

    public static ReasonQuestion Mute(string named, TimeSpan length, bool isWholeKind) => new()
    {
        Title = $"Mute for {DurationText.Of(length)}?",
        Named = named,
        Consequence = (isWholeKind ? "Nobody is told of any alert of this kind until then" : "Nobody is told of this until then")
            + ": no mark in the top bar, no message, no webhook.",
        Survives = "Alerts are listed all the same, and you are told again if they still go on then.",
        ActionLabel = "Mute",
        IsDestructive = false,
    };

    public static ReasonQuestion Unmute(string named) => new()
    {
        Title = "End this mute?",
        Named = named,
        Consequence = "What goes on is told of again at once.",
        ActionLabel = "End mute",
        IsDestructive = false,
    };

    public static ReasonQuestion CreateRule(AlertRuleDraft draft) => new()
    {
        Title = "Make this rule?",
        Named = draft.Name,
        Consequence = draft.IsEnabled ? "It is looked at from now on, every few seconds." : "It is kept, and not looked at until it is enabled.",
        ActionLabel = "Make rule",
        IsDestructive = false,
    };

    public static ReasonQuestion ChangeRule(AlertRule rule, AlertRuleDraft draft) => new()
    {
        Title = "Change this rule?",
        Named = rule.Name,
        Consequence = draft.IsEnabled ? "It is looked at as it is now." : "It is looked at no more, and its open alerts are over.",
        Survives = "What it found until now stays in the history.",
        ActionLabel = "Change rule",
        IsDestructive = rule.IsEnabled && !draft.IsEnabled,
    };

    public static ReasonQuestion DeleteRule(AlertRule rule) => new()
    {
        Title = "Delete this rule?",
        Named = rule.Name,
        Consequence = "It is looked at no more, and its open alerts are over. This cannot be undone.",
        Survives = "What it found until now stays in the history.",
        ActionLabel = "Delete rule",
    };
}
