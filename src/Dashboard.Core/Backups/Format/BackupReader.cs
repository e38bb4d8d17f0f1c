using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Dashboard.Core.Storage.Migration;

namespace Dashboard.Core.Backups.Format;

/// <summary>Reads a backup from its head to its end, and proves every part of it.</summary>
internal sealed class BackupReader : IDisposable
{
    private readonly FileStream _file;
    private readonly OpeningStream _opening;
    private readonly BrotliStream _expanding;
    private readonly List<(string Name, TableDigest Digest)> _tables = [];
    private byte[] _part = new byte[4096];

    private BackupReader(FileStream file, BackupHeader header, byte[] key)
    {
        _file = file;
        Header = header;
        _opening = new OpeningStream(file, key);
        _expanding = new BrotliStream(_opening, CompressionMode.Decompress, leaveOpen: true);
        Opening = Next(out var opening) is BackupPart.Opening
            ? BackupJson.Read<BackupOpening>(opening.Span, "its beginning cannot be read.")
            : throw BackupRefusedException.Damaged("it does not begin with its beginning.");
    }

    public BackupHeader Header { get; }

    public BackupOpening Opening { get; }

    /// <summary>What the end says of it all; null until everything was read and found to be so.</summary>
    public BackupClosing? Closing { get; private set; }

    /// <summary>The header, of which nothing is proven.</summary>
    /// <exception cref="BackupRefusedException">The file cannot be read or is no backup.</exception>
    public static BackupHeader ReadHeader(string path)
    {
        using var file = OpenFile(path);
        return BackupEnvelope.ReadHeader(file);
    }

    /// <summary>Opens a backup.</summary>
    /// <exception cref="BackupRefusedException">It cannot be read, is no backup, or the key does not open it.</exception>
    public static BackupReader Open(string path, IBackupKey key)
    {
        var file = OpenFile(path);
        try
        {
            var (header, opened) = BackupEnvelope.Open(file, key);
            return new BackupReader(file, header, opened);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Every row, table by table, once. Behind the last one the whole file is proven to be what was written: whoever stops
    /// before knows nothing of the rest.
    /// </summary>
    /// <exception cref="BackupRefusedException">It is not.</exception>
    public IEnumerable<(string Table, StoreRow? Row)> ReadRows()
    {
        while (true)
        {
            switch (Next(out var part))
            {
                case BackupPart.Table:
                    _tables.Add((Encoding.UTF8.GetString(part.Span), new TableDigest()));
                    yield return (_tables[^1].Name, null);
                    break;
                case BackupPart.Row when _tables is [.., var table]:
                    var row = ReadRow(part.Span);
                    table.Digest.Add(row);
                    yield return (table.Name, row);
                    break;
                case BackupPart.Closing:
                    End(BackupJson.Read<BackupClosing>(part.Span, "its end cannot be read."));
                    yield break;
                default:
                    throw BackupRefusedException.Damaged("it holds a part that has no place in it.");
            }
        }
    }

    public void Dispose()
    {
        _expanding.Dispose();
        _opening.Dispose();
        _file.Dispose();
    }

    private void End(BackupClosing closing)
    {
        // The last chunk, and that nothing stands behind it.
        if (_expanding.ReadByte() >= 0 || _opening.ReadByte() >= 0)
        {
            throw BackupRefusedException.Damaged("something stands behind its end.");
        }

        var read = _tables.Select(table => new BackedUpTable(table.Name, table.Digest.Rows, table.Digest.Hash));
        Closing = read.SequenceEqual(closing.Tables)
            ? closing
            : throw BackupRefusedException.Damaged("its tables do not hold what its end says.");
    }

    private static StoreRow ReadRow(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StoreRowBytes.Read(bytes);
        }
        catch (InvalidDataException exception)
        {
            throw BackupRefusedException.Damaged("a row in it cannot be read.", exception);
        }
    }

    private byte Next(out ReadOnlyMemory<byte> part)
    {
        try
        {
            Fill(BackupPart.HeadLength);
            var (kind, length) = (_part[0], BinaryPrimitives.ReadInt32BigEndian(_part.AsSpan(1)));
            if (length is < 0 or > BackupPart.Longest)
            {
                throw BackupRefusedException.Damaged("a part of it has no possible length.");
            }

            Fill(length);
            part = _part.AsMemory(0, length);
            return kind;
        }
        catch (Exception exception) when (exception is EndOfStreamException or InvalidDataException or InvalidOperationException)
        {
            throw BackupRefusedException.Damaged("it cannot be expanded.", exception);
        }
        catch (IOException exception)
        {
            throw BackupRefusedException.Unusable(_file.Name, exception);
        }
    }

    private void Fill(int length)
    {
        if (_part.Length < length)
        {
            _part = new byte[Math.Max(length, 2 * _part.Length)];
        }

        _expanding.ReadExactly(_part, 0, length);
    }

    private static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackupRefusedException.Unusable(path, exception);
        }
    }
}
