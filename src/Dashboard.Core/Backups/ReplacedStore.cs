using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Core.Backups.Format;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Migration;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Backups;

/// <summary>What a restore would replace.</summary>
public enum Replaced
{
    /// <summary>Nothing, or what another unfinished restore or migration left.</summary>
    Nothing,

    /// <summary>The store that goes on from the backup: its audit log begins with that of the backup.</summary>
    LaterStore,

    /// <summary>Another store, or one whose audit log took another way.</summary>
    OtherStore,

    /// <summary>A store whose keys the master key of this machine does not open.</summary>
    LockedStore,
}

/// <summary>Looks at the store that a restore replaces, and keeps what it knows that the backup does not.</summary>
internal sealed class ReplacedStore(
    BackupMaking making,
    IEnumerable<StoreTable> tables,
    IStoreEnd store,
    IEnumerable<SealedColumn> sealedColumns,
    IAuditStore audit,
    MasterKeySource masterKeys,
    IOptions<SignetOptions> options)
{
    /// <summary>What is there now.</summary>
    public async Task<Replaced> LookAsync(BackupContents backup, CancellationToken cancellationToken)
    {
        if (backup.AuditNumber == 0
            || await audit.ReadAsync(backup.AuditNumber, 1, cancellationToken) is not [var entry]
            || entry.Number != backup.AuditNumber
            || Convert.ToHexStringLower(entry.Hash) != backup.AuditHash)
        {
            return Replaced.OtherStore;
        }

        return await IsOpenAsync(cancellationToken) ? Replaced.LaterStore : Replaced.LockedStore;
    }

    /// <summary>Writes a backup of it to the data folder; gives its path. Whatever opens the one that is restored opens it.</summary>
    /// <exception cref="BackupRefusedException">There is no place for it.</exception>
    public async Task<string> KeepAsync(
        IBackupKey key, DateTimeOffset at, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        DataFolder.Create(options.Value.DataFolder);
        var path = Path.GetFullPath(Path.Combine(options.Value.DataFolder, string.Create(CultureInfo.InvariantCulture, $"replaced-{at.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}.backup")));
        await making.WriteAsync(
            new BackupRequest(path, key.ToLock(), Replaces: true), masterKeys.Load(storeIsNew: false), progress, cancellationToken);
        return path;
    }

    private async Task<bool> IsOpenAsync(CancellationToken cancellationToken)
    {
        MasterKey masterKey;
        try
        {
            masterKey = masterKeys.Load(storeIsNew: false);
        }
        catch (StartupException)
        {
            return false;
        }

        SealedValues values = new(sealedColumns, masterKey);
        foreach (var table in tables.Where(table => sealedColumns.Any(column => column.Table == table.Name)))
        {
            // Of keys there are few: one page holds them.
            var page = await table.In(store.Kind).ReadOnAsync(null, making.PageSize, cancellationToken);
            if (page.Rows.Any(row => !values.Opens(table.Name, row)))
            {
                return false;
            }
        }

        return true;
    }
}
