using System.Buffers;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Tests.Unit.Storage.Migration;

/// <summary>A row comes out of its bytes as it went in.</summary>
public sealed class StoreRowBytesTests
{
    private static readonly StoreRow Row = new(
    [
        ("text", "\u00e9\U0001F600'\0"), ("empty", ""), ("number", long.MinValue), ("bytes", new byte[] { 0, 255 }), ("none", Array.Empty<byte>()), ("null", null),
    ]);

    [Fact]
    public void What_was_written_is_read()
    {
        var read = StoreRowBytes.Read(Write(Row));

        Assert.Equal(["bytes", "empty", "none", "number", "text"], read.Columns.Select(column => column.Name));
        Assert.Equal(("\u00e9\U0001F600'\0", "", long.MinValue), (read.Text("text"), read.Text("empty"), read.Number("number")));
        Assert.Equal([0, 255], read.Bytes("bytes"));
        Assert.Empty(read.Bytes("none"));
    }

    [Fact]
    public void What_is_no_row_is_refused()
    {
        var bytes = Write(new StoreRow([("text", "value")]));
        Assert.All(
            Enumerable.Range(1, bytes.Length - 1), length => Assert.Throws<InvalidDataException>(() => StoreRowBytes.Read(bytes.AsSpan(0, length))));
        Assert.Throws<InvalidDataException>(() => StoreRowBytes.Read([(byte)'x', 0, 0, 0, 0]));
        Assert.Throws<InvalidDataException>(() => StoreRowBytes.Read([(byte)'c', 255, 255, 255, 255]));
        Assert.Throws<InvalidDataException>(() => StoreRowBytes.Read([(byte)'c', 0, 0, 0, 0, (byte)'n', 0, 0, 0, 1, 1]));
    }

    [Fact]
    public void A_row_takes_columns_of_another()
    {
        var changed = Row.Like(new StoreRow([("text", "now"), ("number", 7L)]), "text", "bytes").With(("new", 1L));

        Assert.Equal(("now", long.MinValue, 1L), (changed.Text("text"), changed.Number("number"), changed.Number("new")));
        Assert.Null(changed["bytes"]);
    }

    private static byte[] Write(StoreRow row)
    {
        ArrayBufferWriter<byte> bytes = new();
        StoreRowBytes.Write(row, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
