using System.Security.Cryptography;
using Dashboard.Core.Audit;
using Dashboard.Core.Backups.Format;
using Dashboard.Core.Keys.Protection;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>Reads a whole backup and proves it, without any store.</summary>
public sealed class BackupCheck
{
    private const long Step = 10_000;

    private readonly IReadOnlyList<SealedColumn> _sealed;
    private readonly IReadOnlyList<string> _tables;
    private readonly int _storeFormat;

    internal BackupCheck(IEnumerable<SealedColumn> sealedColumns, IEnumerable<StoreTable> tables, BackupOrigin origin) =>
        (_sealed, _tables, _storeFormat) = ([.. sealedColumns], [.. tables.Select(table => table.Name)], origin.StoreFormat);

    /// <summary>What everybody who has the file sees. Nothing of it is proven.</summary>
    /// <exception cref="BackupRefusedException">It cannot be read or is no backup.</exception>
    public static BackupHeader ReadHeader(string path) => BackupReader.ReadHeader(path);

    /// <summary>Reads everything.</summary>
    /// <exception cref="BackupRefusedException">It is not what was written, or this program cannot restore it.</exception>
    public BackupContents Run(string path, IBackupKey key, IProgress<BackupProgress>? progress, CancellationToken cancellationToken)
    {
        using var reader = BackupReader.Open(path, key);
        RefuseOtherFormat(reader.Header);
        var values = new SealedValues(_sealed, new MasterKey(reader.Opening.MasterKey));
        var chain = new BackedUpChain(values);
        var done = 0L;
        foreach (var (table, row) in reader.ReadRows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row is null)
            {
                RefuseUnknown(table);
                done = 0;
                continue;
            }

            if (!values.Opens(table, row))
            {
                throw BackupRefusedException.Damaged("the master key in it does not open the keys in it.");
            }

            chain.Add(table, row);
            if (++done % Step == 0)
            {
                progress?.Report(new BackupProgress(BackupStep.Checking, table, done));
            }
        }

        var closing = reader.Closing!;
        return new BackupContents(
            reader.Header,
            closing.CompletedAt,
            closing.Tables,
            closing.AuditNumber,
            Convert.ToHexStringLower(closing.AuditHash),
            chain.FindFault() ?? (chain.Head.Number == closing.AuditNumber ? null : "The newest entries are missing."),
            new FileInfo(path).Length);
    }

    private void RefuseOtherFormat(BackupHeader header)
    {
        if (header.StoreFormat > _storeFormat)
        {
            throw new BackupRefusedException(
                "NEWER_STORE",
                $"The backup was made by a newer Signet ({header.Program}): its tables have format {header.StoreFormat}, and this program "
                + $"knows formats up to {_storeFormat}. Restore it with that version.");
        }

        if (header.StoreFormat < _storeFormat)
        {
            throw new BackupRefusedException(
                "OLDER_STORE",
                $"The backup was made by an older Signet ({header.Program}): its tables have format {header.StoreFormat}, and this program "
                + $"writes format {_storeFormat}. Restore it with that version, and start this one on the store afterwards.");
        }
    }

    private void RefuseUnknown(string table)
    {
        if (!_tables.Contains(table))
        {
            throw BackupRefusedException.Damaged($"this program knows no table {table}.");
        }
    }

    /// <summary>
    /// Follows the audit log of a backup, under the key that is in it. Where entries are missing, the newest pruning that a key in it
    /// signed must account for them.
    /// </summary>
    private sealed class BackedUpChain(SealedValues values)
    {
        private readonly BackedUpPrunings _prunings = new(values);
        private byte[]? _key;
        private AuditHead _gap = AuditHead.Empty;
        private string? _missing;
        private string? _fault;

        public AuditHead Head { get; private set; } = AuditHead.Empty;

        /// <summary>What is wrong, when all was added; null where nothing is.</summary>
        public string? FindFault()
        {
            var (pruned, unsigned) = _prunings.Judge();
            return _fault ?? unsigned ?? (IsAccountedFor(pruned) ? null : _missing);
        }

        public void Add(string table, StoreRow row)
        {
            if (table is "secrets" && row.Text("name") is "audit")
            {
                _key = values.Open(table, "value", row);
            }

            if (table is BackupOrder.Keys)
            {
                _prunings.AddKey(row);
            }

            if (table is BackupOrder.Prunings)
            {
                _prunings.Add(row);
            }

            if (table is not BackupOrder.Audit || _fault is not null)
            {
                return;
            }

            var record = AuditRows.Read(row);
            _prunings.AddEntry(record);
            if (record.Number > Head.Number + 1)
            {
                _missing ??= $"Entry {Head.Number + 1}: The entry is missing.";
                _gap = Head = new AuditHead(record.Number - 1, record.PreviousHash);
            }

            var hash = AuditChain.Hash(_key ?? throw new CryptographicException(), Head.Hash, record.Number, record.At, record.Entry);
            _fault = AuditWalk.FaultOf(record, Head, hash) is { } fault ? $"Entry {Head.Number + 1}: {fault}" : null;
            Head = new AuditHead(record.Number, record.Hash);
        }

        private bool IsAccountedFor(AuditHead pruned) =>
            _gap.Number < pruned.Number || (_gap.Number == pruned.Number && _gap.Hash.AsSpan().SequenceEqual(pruned.Hash));
    }
}

/// <summary>What was found in a backup, all of it proven to be what was written.</summary>
/// <param name="Header">What everybody sees of it.</param>
/// <param name="CompletedAt">When its last row was read.</param>
/// <param name="Tables">What is in it.</param>
/// <param name="AuditNumber">The number of the newest audit entry in it.</param>
/// <param name="AuditHash">The hash of that entry.</param>
/// <param name="AuditFault">What was wrong with the audit log when it was backed up; null where nothing was.</param>
/// <param name="Bytes">How large the file is.</param>
public sealed record BackupContents(
    BackupHeader Header,
    DateTimeOffset CompletedAt,
    IReadOnlyList<BackedUpTable> Tables,
    long AuditNumber,
    string AuditHash,
    string? AuditFault,
    long Bytes)
{
    /// <summary>How many rows it has.</summary>
    public long Rows => Tables.Sum(table => table.Rows);
}
