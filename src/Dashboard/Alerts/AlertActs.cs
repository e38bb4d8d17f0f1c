using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Alerts;
using Dashboard.Core.Alerts.Rules;

namespace Dashboard.Alerts;

/// <summary>What administrators do with alerts and rules: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class AlertActs(AlertBook book, AlertRules rules, Acts acts, Toasts toasts, TimeProvider clock)
{
    public Task AcknowledgeAsync(Alert alert, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.ManageAlerts, AlertQuestions.Acknowledge(alert)) is not ({ } who, { } reason))
        {
            return null;
        }

        var outcome = await book.AcknowledgeAsync(alert.Id, reason, who, cancellationToken);
        Tell(outcome is AlertAcknowledgement.Done, "The alert is acknowledged.", () => AlertRefusals.Describe(outcome));
        return outcome;
    });

    /// <summary>Mutes one alert, or all of its kind.</summary>
    public Task MuteAsync(Alert alert, string named, TimeSpan length, bool isWholeKind, CancellationToken cancellationToken) =>
        acts.GuardAsync(async () =>
        {
            if (await acts.AskAsync(Right.ManageAlerts, AlertQuestions.Mute(named, length, isWholeKind)) is not ({ } who, { } reason))
            {
                return null;
            }

            var outcome = await book.MuteAsync(
                alert.Kind, isWholeKind ? null : alert.Key, clock.GetUtcNow() + length, reason, who, cancellationToken);
            Tell(
                outcome is AlertMuting.Done,
                $"Muted for {DurationText.Of(length)}.",
                () => outcome is AlertMuting.Invalid { Faults: [var fault, ..] } ? $"{fault.Field} {fault.Message}." : "Nothing was muted.");
            return outcome;
        });

    public Task UnmuteAsync(AlertMute mute, string named, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.ManageAlerts, AlertQuestions.Unmute(named)) is not ({ } who, { } reason))
        {
            return null;
        }

        var isGone = await book.UnmuteAsync(mute.Kind, mute.Key, reason, who, cancellationToken);
        Tell(isGone, "The mute is over.", () => AlertRefusals.UnknownMute);
        return mute;
    });

    /// <summary>What became of a new rule; null where none was tried.</summary>
    public Task<AlertRuleChange?> CreateAsync(AlertRuleDraft draft, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
        await acts.AskAsync(Right.ManageAlerts, AlertQuestions.CreateRule(draft)) is ({ } who, { } reason)
            ? Told(await rules.CreateAsync(draft, reason, who, cancellationToken), "The rule is made.")
            : null);

    /// <summary>What became of a changed rule; null where nothing was tried.</summary>
    public Task<AlertRuleChange?> UpdateAsync(AlertRule rule, AlertRuleDraft draft, CancellationToken cancellationToken) =>
        acts.GuardAsync(async () =>
            await acts.AskAsync(Right.ManageAlerts, AlertQuestions.ChangeRule(rule, draft)) is ({ } who, { } reason)
                ? Told(await rules.UpdateAsync(rule.Id, draft, rule.Version, reason, who, cancellationToken), "The rule is changed.")
                : null);

    /// <summary>What became of a rule that was to go; null where nothing was tried.</summary>
    public Task<AlertRuleChange?> DeleteAsync(AlertRule rule, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
        await acts.AskAsync(Right.ManageAlerts, AlertQuestions.DeleteRule(rule)) is ({ } who, { } reason)
            ? Told(await rules.DeleteAsync(rule.Id, reason, who, cancellationToken), "The rule is deleted.")
            : null);

    private AlertRuleChange Told(AlertRuleChange change, string success)
    {
        // What is wrong with a field stands beside it.
        if (change is not AlertRuleChange.Invalid)
        {
            Tell(change is AlertRuleChange.Changed or AlertRuleChange.Deleted, success, () => AlertRefusals.Describe(change));
        }

        return change;
    }

    private void Tell(bool isDone, string success, Func<string> refusal)
    {
        if (isDone)
        {
            toasts.Success(success);
        }
        else
        {
            toasts.Error(refusal());
        }
    }
}
