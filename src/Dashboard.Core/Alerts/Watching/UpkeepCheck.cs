namespace Dashboard.Core.Alerts.Watching;

/// <summary>
/// Ends mutes, and what nothing else ends. What happened is over when somebody has taken it on and it did not happen again for a
/// day; what is said again and again while it is so is over when it is no longer said.
/// </summary>
internal sealed class UpkeepCheck(AlertBook book, TimeProvider clock) : IAlertCheck
{
    private static readonly TimeSpan QuietAfterAcknowledgement = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, TimeSpan> Quiet = new(StringComparer.Ordinal)
    {
        [AlertKinds.EventsLost] = TimeSpan.FromHours(1),
        [AlertKinds.MasterKeyMismatch] = TimeSpan.FromMinutes(5),
        [AlertKinds.DiskLow] = TimeSpan.FromMinutes(5),
        [AlertKinds.StoreLarge] = TimeSpan.FromMinutes(15),
    };

    private static readonly string[] Happenings =
    [
        AlertKinds.RefreshReplay, AlertKinds.UnknownToken, AlertKinds.OperatorReset, AlertKinds.KeyRevoked, AlertKinds.AuditBroken,
    ];

    public TimeSpan Interval => AlertChecks.Tick;

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        await book.EndMutesAsync(cancellationToken);
        var now = clock.GetUtcNow();
        foreach (var alert in await book.ReadUnresolvedAsync(cancellationToken))
        {
            if (QuietOf(alert, now) is { } quiet && alert.LastAt <= now - quiet)
            {
                await book.ResolveAsync(alert.Kind, alert.Key, now - quiet, cancellationToken);
            }
        }
    }

    // After how long without news it is over; null where it is for something else, or somebody, to say.
    private static TimeSpan? QuietOf(Alert alert, DateTimeOffset now) =>
        Quiet.TryGetValue(alert.Kind, out var quiet) ? quiet
        : Happenings.Contains(alert.Kind, StringComparer.Ordinal) && alert.AcknowledgedAt <= now - QuietAfterAcknowledgement
            ? QuietAfterAcknowledgement
            : null;
}
