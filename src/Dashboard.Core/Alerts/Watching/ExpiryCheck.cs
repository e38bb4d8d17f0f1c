using System.Globalization;
using Dashboard.Core.Alerts.Expiries;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Tells of what runs out in 30, 7 and 1 days: one alert for each thing and threshold. It is over when the thing was renewed, is
/// gone, or has come to the next threshold.
/// </summary>
internal sealed class ExpiryCheck(SoonExpiring expiring, AlertBook book, TimeProvider clock) : IAlertCheck
{
    private static readonly int[] Thresholds = [1, 7, 30];

    public TimeSpan Interval => TimeSpan.FromMinutes(5);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var items = (await expiring.ReadAsync(cancellationToken)).Where(item => !item.RenewsItself).ToList();
        var drafts = items.Select(item => DraftOf(item, now)).ToList();
        foreach (var draft in drafts)
        {
            await book.RaiseAsync(draft, cancellationToken);
        }

        var goOn = drafts.Select(draft => draft.Key).ToHashSet(StringComparer.Ordinal);
        var things = items.Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        var full = items.CountBy(item => SoonExpiringItem.SortOf(item.Key))
            .Where(sort => sort.Value >= SoonExpiring.Most)
            .Select(sort => sort.Key)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var alert in await book.ReadUnresolvedAsync(AlertKinds.Expiring, cancellationToken))
        {
            // Where there are more of its sort than are read, one that is not among them may still be there.
            var thing = alert.Key[..alert.Key.LastIndexOf(' ')];
            if (!goOn.Contains(alert.Key) && (things.Contains(thing) || !full.Contains(SoonExpiringItem.SortOf(thing))))
            {
                await book.ResolveAsync(alert.Kind, alert.Key, null, cancellationToken);
            }
        }
    }

    private static AlertDraft DraftOf(SoonExpiringItem item, DateTimeOffset now)
    {
        var days = Thresholds.FirstOrDefault(days => item.At - now <= TimeSpan.FromDays(days), Thresholds[^1]);
        var until = item.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return new AlertDraft(
            AlertKinds.Expiring,
            $"{item.Key} {days.ToString(CultureInfo.InvariantCulture)}d",
            days == 1 ? AlertSeverity.Critical : AlertSeverity.Warning,
            days == 1 ? $"{item.Kind} runs out within a day" : $"{item.Kind} runs out within {days} days",
            $"{item.Name} runs out at {until}. Renew it before, or nothing that uses it works any more.",
            item.Href)
        {
            Times = 0,
        };
    }
}
