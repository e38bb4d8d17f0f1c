using System.Globalization;
using Dashboard.Core.Backups;
using Dashboard.Core.Events;
using Dashboard.Core.Keys;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Purging;

namespace Dashboard.Hosting.Stats;

/// <summary>Asks the core how it is. However many pages show it, the store is probed once in a few seconds.</summary>
public sealed class HealthReader(
    IStoreHealth store, KeyRing keys, EventLog events, PurgeWorker purge, BackupReminder backups, TimeProvider clock)
{
    /// <summary>The part that is about this process alone.</summary>
    internal const string EventQueue = "event_queue";

    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    // Twice the purge's own interval: one run may be long or delayed.
    private static readonly TimeSpan PurgeIsLate = TimeSpan.FromHours(2);

    private volatile Probe? _probe;

    public async Task<SystemHealth> ReadAsync(CancellationToken cancellationToken)
    {
        var probe = await ProbeAsync(cancellationToken);
        return new SystemHealth([OfStore(probe), OfKeys(), OfEvents(), OfPurge(probe), OfBackup(probe)]);
    }

    private async Task<Probe> ProbeAsync(CancellationToken cancellationToken)
    {
        if (_probe is { } probe && clock.GetElapsedTime(probe.TakenAt) < Freshness)
        {
            return probe;
        }

        var isReady = await store.IsReadyAsync(cancellationToken);
        var (run, backup) = isReady ? await FindLastAsync(cancellationToken) : (null, null);
        probe = new Probe(isReady, run, backup, clock.GetTimestamp());
        _probe = probe;
        return probe;
    }

    private async Task<(PurgeRun? Purge, DateTimeOffset? Backup)> FindLastAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await purge.FindLastRunAsync(cancellationToken), await backups.FindLastAsync(cancellationToken));
        }
        catch (StoreUnavailableException)
        {
            // The next probe says so of the store.
            return (null, null);
        }
    }

    private static HealthItem OfStore(Probe probe) => probe.IsReady
        ? new HealthItem("store", "Store", HealthKind.Ok, "Healthy", "Can be read and written.")
        : new HealthItem("store", "Store", HealthKind.Unavailable, "Unavailable", "Cannot be read and written; tokens that memory does not know are refused.");

    private HealthItem OfKeys()
    {
        if (keys.All.FirstOrDefault(key => key.State is KeyState.Current) is null)
        {
            return new HealthItem("key_ring", "Key ring", HealthKind.Unavailable, "No key signs", "No token can be issued.");
        }

        var current = keys.Current;
        var without = keys.Algorithms.Where(algorithm => keys.NextOf(algorithm) is null).ToList();
        return without is not []
            ? new HealthItem("key_ring", "Key ring", HealthKind.Warning, "No next key", $"{current.Algorithm} signs, but no key of {string.Join(", ", without)} waits to follow.", current.CurrentSince, "began signing")
            : new HealthItem("key_ring", "Key ring", HealthKind.Ok, "Healthy", $"{current.Algorithm} signs and the next key is published.", current.CurrentSince, "began signing");
    }

    private HealthItem OfEvents() => (events.Waiting, events.Dropped) switch
    {
        ( >= EventLog.QueueLength / 10 * 9, _) => new HealthItem(EventQueue, "Event queue", HealthKind.Unavailable, "Overflowing", "Events come faster than they are stored."),
        (_, > 0 and var lost) => new HealthItem(EventQueue, "Event queue", HealthKind.Warning, "Lost events", Count($"{lost:N0} events were lost since the start.")),
        (0, _) => new HealthItem(EventQueue, "Event queue", HealthKind.Ok, "Healthy", "Nothing waits, nothing was lost."),
        (var waiting, _) => new HealthItem(EventQueue, "Event queue", HealthKind.Ok, "Healthy", Count($"{waiting:N0} waiting, nothing was lost.")),
    };

    private HealthItem OfPurge(Probe probe) => probe.LastPurge switch
    {
        null => new HealthItem("purge", "Purge", HealthKind.Unknown, "Not run yet", "Runs every hour."),
        var run when clock.GetUtcNow() - run.At > PurgeIsLate =>
            new HealthItem("purge", "Purge", HealthKind.Warning, "Late", "What has outlived its retention is still kept.", run.At, "ran"),
        var run => new HealthItem("purge", "Purge", HealthKind.Ok, "Healthy", Removed(run), run.At, "ran"),
    };

    // Of a store that never had one the posture tells, which knows how old it is.
    private HealthItem OfBackup(Probe probe) => probe.LastBackup switch
    {
        null => new HealthItem("backup", "Backup", HealthKind.Unknown, "None yet", "Made by the command backup."),
        { } at when backups.IsOld(at) => new HealthItem("backup", "Backup", HealthKind.Warning, "Old", "Nobody made one for a long time.", at, "made"),
        { } at => new HealthItem("backup", "Backup", HealthKind.Ok, "Healthy", "Prove it now and then: restore --check.", at, "made"),
    };

    private static string Removed(PurgeRun run) => run.Gone.Where(item => item.Value > 0).ToList() is { Count: > 0 } gone
        ? $"Removed {string.Join(", ", gone.Select(item => Count($"{item.Value:N0} {item.Key}")))}."
        : "Nothing was due.";

    private static string Count(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Probe(bool IsReady, PurgeRun? LastPurge, DateTimeOffset? LastBackup, long TakenAt);
}
