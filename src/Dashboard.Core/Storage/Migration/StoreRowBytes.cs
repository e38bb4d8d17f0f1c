using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Dashboard.Core.Storage.Migration;

/// <summary>A row as bytes: kind, length and content of each name and value in turn. No two rows are written alike.</summary>
internal static class StoreRowBytes
{
    private const byte Column = (byte)'c';
    private const byte Number = (byte)'n';
    private const byte Text = (byte)'t';
    private const byte Bytes = (byte)'b';
    private const int HeadLength = 5;

    /// <summary>Writes a row.</summary>
    public static void Write(StoreRow row, IBufferWriter<byte> target)
    {
        foreach (var (name, value) in row.Columns)
        {
            Write(Column, name, target);
            Write(value, target);
        }
    }

    /// <summary>Reads what <see cref="Write(StoreRow, IBufferWriter{byte})"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are no row.</exception>
    public static StoreRow Read(ReadOnlySpan<byte> bytes)
    {
        List<(string Name, object? Value)> columns = [];
        while (!bytes.IsEmpty)
        {
            var name = Read(ref bytes, out var kind);
            if (kind is not Column)
            {
                throw new InvalidDataException("A row names no column.");
            }

            var content = Read(ref bytes, out kind);
            columns.Add((Encoding.UTF8.GetString(name), kind switch
            {
                Number when content.Length == sizeof(long) => BinaryPrimitives.ReadInt64BigEndian(content),
                Text => Encoding.UTF8.GetString(content),
                Bytes => content.ToArray(),
                _ => throw new InvalidDataException("A row holds a value of no known kind."),
            }));
        }

        return new StoreRow(columns);
    }

    private static ReadOnlySpan<byte> Read(ref ReadOnlySpan<byte> bytes, out byte kind)
    {
        if (bytes.Length < HeadLength
            || BinaryPrimitives.ReadInt32BigEndian(bytes[1..]) is var length && (length < 0 || length > bytes.Length - HeadLength))
        {
            throw new InvalidDataException("A row ends early.");
        }

        kind = bytes[0];
        var content = bytes.Slice(HeadLength, length);
        bytes = bytes[(HeadLength + length)..];
        return content;
    }

    private static void Write(object value, IBufferWriter<byte> target)
    {
        switch (value)
        {
            case long number:
                WriteHead(Number, sizeof(long), target);
                BinaryPrimitives.WriteInt64BigEndian(target.GetSpan(sizeof(long)), number);
                target.Advance(sizeof(long));
                break;
            case string text:
                Write(Text, text, target);
                break;
            case byte[] bytes:
                WriteHead(Bytes, bytes.Length, target);
                target.Write(bytes);
                break;
            default:
                throw new InvalidDataException($"A row holds a {value.GetType().Name}.");
        }
    }

    private static void Write(byte kind, string text, IBufferWriter<byte> target)
    {
        WriteHead(kind, Encoding.UTF8.GetByteCount(text), target);
        Encoding.UTF8.GetBytes(text, target);
    }

    private static void WriteHead(byte kind, int length, IBufferWriter<byte> target)
    {
        var head = target.GetSpan(HeadLength);
        head[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        target.Advance(HeadLength);
    }
}
