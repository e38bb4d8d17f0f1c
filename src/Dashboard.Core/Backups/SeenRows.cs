using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>
/// Passes over rows that were read before, as happens where a row is moved along the index that is being walked. 16 bytes of a
/// hash of the key are kept of each row.
/// </summary>
internal sealed class SeenRows(StoreTable table, bool isOfOneMoment)
{
    // A table without a key of its own is walked along an index in which no row ever moves.
    private readonly bool _isNeeded = !isOfOneMoment && table.Key is not ["rowid"];
    private readonly HashSet<UInt128> _seen = [];
    private readonly ArrayBufferWriter<byte> _key = new();

    public bool IsNew(StoreRow row)
    {
        if (!_isNeeded)
        {
            return true;
        }

        _key.ResetWrittenCount();
        StoreRowBytes.Write(new StoreRow(table.Key.Select(column => (column, row[column]))), _key);
        return _seen.Add(BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(_key.WrittenSpan)));
    }
}
