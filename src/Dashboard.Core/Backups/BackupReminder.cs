using System.Globalization;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Backups;

/// <summary>Knows when the store was backed up, and whether that is long ago. The store says so itself, so every node knows.</summary>
public sealed class BackupReminder
{
    private readonly IStoreEnd _store;
    private readonly IOptionsMonitor<BackupOptions> _options;
    private readonly TimeProvider _clock;

    internal BackupReminder(IStoreEnd store, IOptionsMonitor<BackupOptions> options, TimeProvider clock) =>
        (_store, _options, _clock) = (store, options, clock);

    /// <summary>The time that the newest backup is of; null where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<DateTimeOffset?> FindLastAsync(CancellationToken cancellationToken) =>
        (await _store.ReadFactsAsync(cancellationToken)).TryGetValue(StoreFacts.BackedUpAt, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture))
            : null;

    /// <summary>Whether a time is longer ago than the newest backup may be.</summary>
    public bool IsOld(DateTimeOffset at) =>
        _options.CurrentValue.RemindAfter is var patience && patience > TimeSpan.Zero && _clock.GetUtcNow() - at > patience;

    internal static string Write(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
