using System.Globalization;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>When the store was backed up. It says so itself, so that every node and every restored store knows.</summary>
public sealed class BackupHistory
{
    private readonly IStoreEnd _store;

    internal BackupHistory(IStoreEnd store) => _store = store;

    /// <summary>The time that the newest backup is of; null where there is none.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be read.</exception>
    public async Task<DateTimeOffset?> FindLastAsync(CancellationToken cancellationToken) =>
        (await _store.ReadFactsAsync(cancellationToken)).TryGetValue(StoreFacts.BackedUpAt, out var at)
            ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture))
            : null;

    internal static string Write(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
