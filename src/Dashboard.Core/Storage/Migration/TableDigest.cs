using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dashboard.Core.Storage.Migration;

/// <summary>
/// The number of rows of a table and one hash over them: the sum of the SHA-256 of each, modulo 2^256. It does not depend on
/// the order of rows, so each store reads its rows in the order it keeps them, with no more than a page in memory; and rows of a
/// table differ, so none cancels another. It finds what was lost or damaged; it is no proof against somebody who chose the rows.
/// </summary>
internal sealed class TableDigest
{
    private readonly ArrayBufferWriter<byte> _row = new();
    private UInt128 _high;
    private UInt128 _low;

    /// <summary>How many rows were added.</summary>
    public long Rows { get; private set; }

    /// <summary>The hash, in hexadecimal digits.</summary>
    public string Hash => $"{_high:x32}{_low:x32}";

    /// <summary>Reads a whole table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="pageSize">How many rows are in memory.</param>
    /// <param name="report">Told after every page how many rows were read; null where nobody asks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="form">The form of a row that is compared; null for the row as it is.</param>
    public static async Task<TableDigest> OfAsync(
        IStoreTable table,
        int pageSize,
        Action<long>? report,
        CancellationToken cancellationToken,
        Func<StoreRow, StoreRow>? form = null)
    {
        var digest = new TableDigest();
        string? cursor = null;
        do
        {
            var page = await table.ReadOnAsync(cursor, pageSize, cancellationToken);
            foreach (var row in page.Rows)
            {
                digest.Add(form is null ? row : form(row));
            }

            report?.Invoke(digest.Rows);
            cursor = page.Next;
        }
        while (cursor is not null);

        return digest;
    }

    /// <summary>Adds a row; the order of rows does not matter.</summary>
    public void Add(StoreRow row)
    {
        _row.ResetWrittenCount();
        StoreRowBytes.Write(row, _row);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, hash);
        var low = BinaryPrimitives.ReadUInt128BigEndian(hash[16..]);
        var sum = unchecked(_low + low);
        _high = unchecked(_high + BinaryPrimitives.ReadUInt128BigEndian(hash) + (sum < low ? UInt128.One : UInt128.Zero));
        _low = sum;
        Rows++;
    }
}
