using Dashboard.Core.Audit;
using Dashboard.Core.Backups.Format;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>Reads the store and writes the file.</summary>
internal sealed class BackupMaking(
    IEnumerable<StoreTable> tables, IStoreEnd store, IEnumerable<SealedColumn> sealedColumns, BackupOrigin origin, TimeProvider clock)
{
    private readonly IReadOnlyList<StoreTable> _tables = BackupOrder.Of(tables);

    /// <summary>How many rows are read at once.</summary>
    public int PageSize { get; set; } = 1_000;

    /// <summary>Writes the file.</summary>
    /// <exception cref="BackupRefusedException">There is no place for it, or the master key does not open the store.</exception>
    public async Task<BackupMade> WriteAsync(
        BackupRequest request, MasterKey masterKey, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        using var file = new BackupFile(request.Path, request.Replaces);
        var (protection, secret) = request.Lock.Close();
        var header = new BackupHeader
        {
            Id = Identifiers.NewId(),
            CreatedAt = clock.GetUtcNow().CutToMilliseconds(),
            Issuer = origin.Issuer,
            Store = store.Kind,
            StoreFormat = origin.StoreFormat,
            Program = origin.Program,
            Protection = protection,
        };
        var closing = await FillAsync(file.Stream, header, secret, masterKey, progress, cancellationToken);
        return new BackupMade(header, closing.CompletedAt, closing.Tables, closing.AuditNumber, file.Complete());
    }

    private async Task<BackupClosing> FillAsync(
        FileStream target,
        BackupHeader header,
        byte[] secret,
        MasterKey masterKey,
        IProgress<BackupProgress>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            var storeId = (await store.ReadFactsAsync(cancellationToken))[StoreFacts.Id];
            using var writer = new BackupWriter(target, header, secret, new BackupOpening(masterKey.Copy(), storeId));
            var closing = await CopyAsync(header, writer, new SealedValues(sealedColumns, masterKey), progress, cancellationToken);
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
        await using var snapshot = await store.BeginSnapshotAsync(cancellationToken);
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

        var completedAt = snapshot.IsOfOneMoment ? header.CreatedAt : clock.GetUtcNow().CutToMilliseconds();
        return new BackupClosing(completedAt, writer.Tables, head.Number, head.Hash);
    }
}
