using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups.Format;

/// <summary>Writes a backup from its head to its end, compressed and encrypted.</summary>
internal sealed class BackupWriter : IDisposable
{
    private const int BufferLength = 1024 * 1024;

    private readonly SealingStream _sealing;
    private readonly BufferedStream _compressing;
    private readonly ArrayBufferWriter<byte> _part = new();
    private readonly List<(string Name, TableDigest Digest)> _tables = [];

    /// <summary>Writes the head and the opening; the stream stays open.</summary>
    public BackupWriter(Stream target, BackupHeader header, byte[] secret, BackupOpening opening)
    {
        _sealing = new SealingStream(target, BackupEnvelope.Write(target, header, secret));

        // What is written bit by bit would be compressed bit by bit.
        _compressing = new BufferedStream(new BrotliStream(_sealing, CompressionLevel.Fastest, leaveOpen: true), BufferLength);
        Write(BackupPart.Opening, JsonSerializer.SerializeToUtf8Bytes(opening, BackupJson.Options));
    }

    /// <summary>What was written of each table.</summary>
    public IReadOnlyList<BackedUpTable> Tables =>
        [.. _tables.Select(table => new BackedUpTable(table.Name, table.Digest.Rows, table.Digest.Hash))];

    /// <summary>The rows from here on are of this table.</summary>
    public void BeginTable(string name)
    {
        _tables.Add((name, new TableDigest()));
        Write(BackupPart.Table, Encoding.UTF8.GetBytes(name));
    }

    /// <summary>Writes a row of the table that was begun last.</summary>
    public void Add(StoreRow row)
    {
        _tables[^1].Digest.Add(row);
        _part.ResetWrittenCount();
        StoreRowBytes.Write(row, _part);
        Write(BackupPart.Row, _part.WrittenSpan);
    }

    /// <summary>Writes the end. Without it the file is no backup.</summary>
    public void Complete(BackupClosing closing)
    {
        Write(BackupPart.Closing, JsonSerializer.SerializeToUtf8Bytes(closing, BackupJson.Options));
        _compressing.Dispose();
        _sealing.Complete();
    }

    public void Dispose()
    {
        _compressing.Dispose();
        _sealing.Dispose();
    }

    private void Write(byte kind, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[BackupPart.HeadLength];
        head[0] = kind;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], content.Length);
        _compressing.Write(head);
        _compressing.Write(content);
    }
}
