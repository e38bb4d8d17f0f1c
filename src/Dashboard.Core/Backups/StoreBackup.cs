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
    private readonly IReadOnlyList<StoreTable> _tables;
    private readonly IStoreEnd _store;
    private readonly IReadOnlyList<SealedColumn> _sealed;
    private readonly BackupOrigin _origin;
    private readonly SystemSecrets _secrets;
    private readonly AuditLog _audit;
    private readonly TimeProvider _clock;

    internal StoreBackup(
        IEnumerable<StoreTable> tables,
        IStoreEnd store,
        IEnumerable<SealedColumn> sealedColumns,
        BackupOrigin origin,
        SystemSecrets secrets,
        AuditLog audit,
        TimeProvider clock) =>
        (_tables, _store, _sealed, _origin, _secrets, _audit, _clock) =
        (BackupOrder.Of(tables), store, [.. sealedColumns], origin, secrets, audit, clock);

    /// <summary>How many rows are read at once.</summary>
    internal int PageSize { get; set; } = 1_000;

    /// <summary>Writes the file, and to the store that it was.</summary>
    /// <param name="request">Which file, and how.</param>
    /// <param name="who">Who does it.</param>
    /// <param name="progress">Told of every page.</param>
    /// <param name="cancellationToken">Ends it; no file is left.</param>
    /// <exception cref="BackupRefusedException">There is no place for it, or the master key was changed meanwhile.</exception>
    /// <exception cref="StoreUnavailableException">The store failed; no file is left.</exception>
    public async Task<BackupMade> WriteAsync(
        BackupRequest request, Actor who, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        using var file = new BackupFile(request.Path, request.Replaces);
        var (protection, secret) = request.Lock.Close();
        var storeId = (await _store.ReadFactsAsync(cancellationToken))[StoreFacts.Id];
        var masterKey = _secrets.MasterKey;
        var header = new BackupHeader
        {
            Id = Identifiers.NewId(),
            CreatedAt = _clock.GetUtcNow().CutToMilliseconds(),
            Issuer = _origin.Issuer,
            Store = _store.Kind,
            StoreFormat = _origin.StoreFormat,
            Program = _origin.Program,
            Protection = protection,
        };
        var closing = await FillAsync(file.Stream, header, secret, new BackupOpening(masterKey.Copy(), storeId), progress, cancellationToken);
        var bytes = file.Complete();
        await RecordAsync(request, header, closing, storeId, who, cancellationToken);
        return new BackupMade(header, closing.CompletedAt, closing.Tables, closing.AuditNumber, bytes);
    }

    private async Task<BackupClosing> FillAsync(
        FileStream target,
        BackupHeader header,
        byte[] secret,
        BackupOpening opening,
        IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            using var writer = new BackupWriter(target, header, secret, opening);
            var values = new SealedValues(_sealed, new MasterKey(opening.MasterKey));
            var closing = await CopyAsync(header, writer, values, progress, cancellationToken);
            writer.Complete(closing);
            return closing;
        }
        catch (IOException exception)
        {
            throw BackupRefusedException.Unusable(target.Name, exception);
        }
    }

    private async Task<BackupClosing> CopyAsync(
        BackupHeader header,
        BackupWriter writer,
        SealedValues values,
        IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        await using var snapshot = await _store.BeginSnapshotAsync(cancellationToken);
        var head = AuditHead.Empty;
        foreach (var table in _tables)
        {
            writer.BeginTable(table.Name);
            var (source, seen) = (snapshot.TableOf(table), new SeenRows(table, snapshot.IsOfOneMoment));
            var done = 0L;
            string? cursor = null;
            do
            {
                var page = await source.ReadOnAsync(cursor, PageSize, cancellationToken);
                foreach (var row in page.Rows.Where(seen.IsNew))
                {
                    if (!values.Opens(table.Name, row))
                    {
                        throw new BackupRefusedException(
                            "MASTER_KEY_CHANGED",
                            "The master key does not open what the store holds: it was changed meanwhile. Run this again.");
                    }

                    writer.Add(row);
                    head = table.Name is BackupOrder.Audit ? new AuditHead(row.Number("number"), row.Bytes("hash")) : head;
                }

                done += page.Rows.Count;
                progress?.Report(new BackupProgress(BackupStep.Writing, table.Name, done));
                cursor = page.Next;
            }
            while (cursor is not null);
        }

        var completedAt = snapshot.IsOfOneMoment ? header.CreatedAt : _clock.GetUtcNow().CutToMilliseconds();
        return new BackupClosing(completedAt, writer.Tables, head.Number, head.Hash);
    }

    private async Task RecordAsync(
        BackupRequest request,
        BackupHeader header,
        BackupClosing closing,
        string storeId,
        Actor who,
        CancellationToken cancellationToken)
    {
        await _store.WriteFactsAsync(
            new Dictionary<string, string?>(StringComparer.Ordinal) { [StoreFacts.BackedUpAt] = BackupReminder.Write(header.CreatedAt) },
            cancellationToken);
        await _audit.RecordReadAsync(
            new AuditEntry(
                who,
                "store.backed_up",
                "store",
                storeId,
                After: AuditJson.Write(
                    ("backup", header.Id),
                    ("file", request.Path),
                    ("protection", header.Protection.Kind),
                    ("recipient", header.Protection.Recipient),
                    ("rows", closing.Tables.Sum(table => table.Rows).ToString(CultureInfo.InvariantCulture)),
                    ("entries", closing.AuditNumber.ToString(CultureInfo.InvariantCulture)))),
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
