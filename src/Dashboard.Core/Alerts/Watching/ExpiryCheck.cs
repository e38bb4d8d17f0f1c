using System.Globalization;
using Dashboard.Core.Alerts.Expiries;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Tells of what runs out in 30, 7 and 1 days, and of what has run out in the last 7: one alert for each thing and threshold. It is
/// over when the thing was renewed, is gone, or has come to the next threshold.
/// </summary>
internal sealed class ExpiryCheck(SoonExpiring expiring, AlertBook book, TimeProvider clock) : IAlertCheck
{
    private static readonly int[] Thresholds = [1, 7, 30];

    public TimeSpan Interval => TimeSpan.FromMinutes(5);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var soon = (await expiring.ReadAsync(cancellationToken)).Where(item => !item.RenewsItself).ToList();
        var expired = await expiring.ReadExpiredAsync(cancellationToken);
        var drafts = soon.Select(item => DraftOf(item, now)).Concat(expired.Select(DraftOfExpired)).ToList();
        foreach (var draft in drafts)
        {
            await book.RaiseAsync(draft, cancellationToken);
        }

        var goOn = drafts.Select(draft => draft.Key).ToHashSet(StringComparer.Ordinal);
        var things = soon.Concat(expired).Select(item => item.Key).ToHashSet(StringComparer.Ordinal);
        var full = FullSortsOf(soon).Concat(FullSortsOf(expired)).ToHashSet(StringComparer.Ordinal);
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

    private static IEnumerable<string> FullSortsOf(IEnumerable<SoonExpiringItem> items) => items
        .CountBy(item => SoonExpiringItem.SortOf(item.Key))
        .Where(sort => sort.Value >= SoonExpiring.Most)
        .Select(sort => sort.Key);

    private static AlertDraft DraftOfExpired(SoonExpiringItem item) => new(
        AlertKinds.Expiring,
        $"{item.Key} 0d",
        AlertSeverity.Critical,
        $"{item.Kind} has run out",
        $"{item.Name} ran out at {TimeOf(item)}. Nothing that uses it works any more until it is renewed.",
        item.Href)
    {
        Times = 0,
    };

    private static string TimeOf(SoonExpiringItem item) =>
        item.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static AlertDraft DraftOf(SoonExpiringItem item, DateTimeOffset now)
    {
        var days = Thresholds.FirstOrDefault(days => item.At - now <= TimeSpan.FromDays(days), Thresholds[^1]);
        return new AlertDraft(
            AlertKinds.Expiring,
            $"{item.Key} {days.ToString(CultureInfo.InvariantCulture)}d",
            days == 1 ? AlertSeverity.Critical : AlertSeverity.Warning,
            days == 1 ? $"{item.Kind} runs out within a day" : $"{item.Kind} runs out within {days} days",
            $"{item.Name} runs out at {TimeOf(item)}. Renew it before, or nothing that uses it works any more.",
            item.Href)
        {
            Times = 0,
        };
    }
}
