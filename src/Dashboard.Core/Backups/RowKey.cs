using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups;

/// <summary>What tells a row from the others of its table, in 16 bytes however long it is.</summary>
internal static class RowKey
{
    public static UInt128 Of(StoreRow row, IEnumerable<string> columns)
    {
        ArrayBufferWriter<byte> key = new();
        StoreRowBytes.Write(new StoreRow(columns.Select(column => (column, row[column]))), key);
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(key.WrittenSpan));
    }
}
