using Dashboard.Core.Backups.Format;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>What is taken over from the store that a restore replaces, read from the backup that was made of it just before.</summary>
internal sealed class CarriedRows
{
    private readonly Dictionary<string, CarriedTable> _tables;
    private readonly HashSet<(string Action, string ObjectId)> _gone = [];

    private CarriedRows(IEnumerable<CarriedOver> rules) =>
        _tables = rules.ToDictionary(rule => rule.Table, rule => new CarriedTable(rule), StringComparer.Ordinal);

    /// <summary>The master key of the replaced store.</summary>
    public byte[] MasterKey { get; private init; } = [];

    /// <summary>Nothing.</summary>
    public static CarriedRows None { get; } = new([]);

    /// <summary>Reads it.</summary>
    /// <exception cref="BackupRefusedException">It is not what was written.</exception>
    public static CarriedRows Read(
        string path, IBackupKey key, IEnumerable<CarriedOver> rules, BackedUpSince since, CancellationToken cancellationToken)
    {
        using var reader = BackupReader.Open(path, key);
        CarriedRows carried = new(rules) { MasterKey = reader.Opening.MasterKey };
        foreach (var (table, row) in reader.ReadRows())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (row is not null && carried._tables.TryGetValue(table, out var known) && known.Rule.Matters(row, since))
            {
                known.Rows.TryAdd(RowKey.Of(row, known.Rule.Key), row);
                carried.Note(table, row);
            }
        }

        return carried;
    }

    /// <summary>What becomes of a row of the backup; null where it is gone.</summary>
    public StoreRow? Merge(string table, StoreRow row)
    {
        if (!_tables.TryGetValue(table, out var known))
        {
            return row;
        }

        var key = RowKey.Of(row, known.Rule.Key);
        if (known.Rows.TryGetValue(key, out var now))
        {
            known.Merged.Add(key);
            return known.Rule.Merge(row, now);
        }

        return known.Rule.DropsOld || (known.Rule.GoneBy is { } action && _gone.Contains((action, row.Text(known.Rule.Key[0])))) ? null : row;
    }

    /// <summary>The rows that come along behind those of the backup.</summary>
    public IEnumerable<StoreRow> NewOf(string table) => _tables.TryGetValue(table, out var known) && known.Rule.AddsNew
        ? known.Rows.Where(row => !known.Merged.Contains(row.Key)).Select(row => row.Value)
        : [];

    private void Note(string table, StoreRow row)
    {
        if (table is BackupOrder.Audit)
        {
            _gone.Add((row.Text("action"), row.Text("object_id")));
        }
    }

    private sealed class CarriedTable(CarriedOver rule)
    {
        public CarriedOver Rule { get; } = rule;

        // Entries come along in the order in which they were read.
        public OrderedDictionary<UInt128, StoreRow> Rows { get; } = [];

        public HashSet<UInt128> Merged { get; } = [];
    }
}
