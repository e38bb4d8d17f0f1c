using Dashboard.Core.Alerts.Watching;
using Dashboard.Core.Events.Rollups;

namespace Dashboard.Core.Alerts.Rules;

/// <summary>
/// Looks which rules are above their threshold. What stays above counts once for each window that it lasts; what is below for a
/// whole window is over.
/// </summary>
internal sealed class RuleEvaluation(AlertRules rules, RuleCounts counts, AlertBook book, TimeProvider clock) : IAlertCheck
{
    // When each was last counted. Another node that comes to lead counts once more, which harms nobody.
    private readonly Dictionary<(string Kind, string Key), DateTimeOffset> _countedAt = [];

    public TimeSpan Interval => AlertChecks.Tick;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var all = await rules.ListAsync(cancellationToken);
        foreach (var rule in all.Where(rule => rule.IsEnabled))
        {
            foreach (var share in await counts.FindAboveAsync(rule, now, cancellationToken))
            {
                await RaiseAsync(rule, share, now, cancellationToken);
            }
        }

        await EndAsync(all, now, cancellationToken);
    }

    private async Task RaiseAsync(AlertRule rule, RefusalShare share, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var place = (Kind: AlertKinds.OfRule(rule.Id), Key: share.Value);
        var isCounted = !_countedAt.TryGetValue(place, out var countedAt) || countedAt <= now - rule.Window;
        await book.RaiseAsync(
            new AlertDraft(
                place.Kind,
                place.Key,
                rule.Severity,
                rule.Name,
                RuleWords.DetailOf(rule, share.Value, share.Count, share.MainCode),
                RuleLinks.ToFailures(rule, share.Value, now))
            {
                Times = isCounted ? 1 : 0,
            },
            cancellationToken);
        if (isCounted)
        {
            _countedAt[place] = now;
        }
    }

    private async Task EndAsync(IReadOnlyList<AlertRule> all, DateTimeOffset now, CancellationToken cancellationToken)
    {
        foreach (var alert in await book.ReadUnresolvedAsync(cancellationToken))
        {
            if (AlertKinds.RuleOf(alert.Kind) is not { } id)
            {
                continue;
            }

            var rule = all.FirstOrDefault(rule => rule.Id == id && rule.IsEnabled);
            if (rule is null || alert.LastAt <= now - rule.Window)
            {
                await book.ResolveAsync(alert.Kind, alert.Key, rule is null ? null : now - rule.Window, cancellationToken);
                _countedAt.Remove((alert.Kind, alert.Key));
            }
        }
    }
}
