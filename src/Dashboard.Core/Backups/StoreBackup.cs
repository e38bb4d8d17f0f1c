using System.Globalization;
using Dashboard.Core.Audit;
using Dashboard.Core.Backups.Format;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>Writes all that the store holds to one encrypted file, while nodes work on it.</summary>
public sealed class StoreBackup
{
    private readonly BackupMaking _making;
    private readonly IStoreEnd _store;
    private readonly SystemSecrets _secrets;
    private readonly AuditLog _audit;

    internal StoreBackup(BackupMaking making, IStoreEnd store, SystemSecrets secrets, AuditLog audit) =>
        (_making, _store, _secrets, _audit) = (making, store, secrets, audit);

    /// <summary>Writes the file, and to the store that it was.</summary>
    /// <param name="request">Which file, and how.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="progress">Told of every page.</param>
    /// <param name="cancellationToken">Ends it; no file is left.</param>
    /// <exception cref="BackupRefusedException">There is no place for it, or the master key was changed meanwhile.</exception>
    /// <exception cref="StoreUnavailableException">The store failed; no file is left, or it could not be noted in the store.</exception>
    public async Task<BackupMade> WriteAsync(
        BackupRequest request, Actor who, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        var made = await _making.WriteAsync(request, _secrets.MasterKey, progress, cancellationToken);
        await RecordAsync(request, made, who, cancellationToken);
        return made;
    }

    private async Task RecordAsync(
        BackupRequest request, BackupMade made, Actor who, CancellationToken cancellationToken)
    {
        var header = made.Header;
        await _store.WriteFactsAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { [StoreFacts.BackedUpAt] = BackupReminder.Write(header.CreatedAt) },
            cancellationToken);
        await _audit.RecordReadAsync(
            new AuditEntry(
                who,
                "store.backed_up",
                "store",
                (await _store.ReadFactsAsync(cancellationToken))[StoreFacts.Id],
                After: AuditJson.Write(
                    ("backup", header.Id),
                    ("file", request.Path),
                    ("protection", header.Protection.Kind),
                    ("recipient", header.Protection.Recipient),
                    ("rows", made.Tables.Sum(table => table.Rows).ToString(CultureInfo.InvariantCulture)),
                    ("entries", made.AuditNumber.ToString(CultureInfo.InvariantCulture)))),
            cancellationToken);
    }
}

/// <summary>What a backup says of where it comes from.</summary>
/// <param name="Issuer">The issuer of the deployment.</param>
/// <param name="StoreFormat">The number of the format of its tables.</param>
/// <param name="Program">The version of Signet.</param>
internal sealed record BackupOrigin(string Issuer, int StoreFormat, string Program);

/// <summary>The backup that is asked for.</summary>
/// <param name="Path">The file.</param>
/// <param name="Lock">What it is locked with.</param>
/// <param name="Replaces">Whether a file of that name may be replaced.</param>
public sealed record BackupRequest(string Path, IBackupLock Lock, bool Replaces);

/// <summary>A backup that was made.</summary>
/// <param name="Header">What everybody sees of it.</param>
/// <param name="CompletedAt">When its last row was read; what changed since its header's time may be in it or not.</param>
/// <param name="Tables">What is in it.</param>
/// <param name="AuditNumber">The number of the newest audit entry in it.</param>
/// <param name="Bytes">How large the file is.</param>
public sealed record BackupMade(
    BackupHeader Header, DateTimeOffset CompletedAt, IReadOnlyList<BackedUpTable> Tables, long AuditNumber, long Bytes);
