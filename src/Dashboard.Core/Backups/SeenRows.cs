using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>Passes over rows that were read before, as happens where a row is moved along the index that is being walked.</summary>
internal sealed class SeenRows(StoreTable table, bool isOfOneMoment)
{
    // A table without a key of its own is walked along an index in which no row ever moves.
    private readonly bool _isNeeded = !isOfOneMoment && table.Key is not ["rowid"];
    private readonly HashSet<UInt128> _seen = [];

    public bool IsNew(StoreRow row) => !_isNeeded || _seen.Add(RowKey.Of(row, table.Key));
}
