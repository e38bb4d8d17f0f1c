using System.Globalization;
using Dashboard.Controls;
using Dashboard.Core.Storage.Purging;
using Dashboard.Hosting.Settings;

namespace Dashboard.Settings;

/// <summary>Something that is kept for a time.</summary>
/// <param name="What">What, in the plural.</param>
/// <param name="Kept">How long, in words.</param>
/// <param name="Setting">The setting that says so; null where none does.</param>
/// <param name="Gone">How many the last purge deleted; null before the first.</param>
public sealed record RetentionRow(string What, string Kept, string? Setting, long? Gone)
{
    private const string Events = "events";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<RetentionRow> Of(PurgeWorker purge, PurgeRun? last, IReadOnlyList<EffectiveSetting> settings) =>
    [
        .. purge.Retentions.Select(item => new RetentionRow(
            item.What, KeptOf(item, settings), item.Setting, last is null ? null : last.Gone.GetValueOrDefault(item.What))),
    ];

    private static string KeptOf(Retention item, IReadOnlyList<EffectiveSetting> settings)
    {
        var text = settings.FirstOrDefault(setting => setting.Key == item.Setting)?.Value;
        if (!TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var kept))
        {
            return item.Kept ?? "as long as they can be of use";
        }

        var most = item.What is Events ? settings.FirstOrDefault(setting => setting.Key == "Events:MostKept")?.Value : null;
        return kept == TimeSpan.Zero ? "for ever" : DurationText.Of(kept) + (long.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? string.Create(CultureInfo.InvariantCulture, $", and the newest {number:N0} at most")
            : "");
    }
}
