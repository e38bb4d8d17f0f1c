using System.Formats.Tar;

namespace Dashboard.Commands;

/// <summary>
/// Puts other content in a file's place, with the same mode and owner. Where it can, whoever reads meanwhile reads the old or the new;
/// where a new file would belong to somebody else, or cannot take the name, as with one that is mounted alone, the file itself is
/// written, and what it is to hold lies beside it until that is done.
/// </summary>
internal sealed class FileReplacement : IDisposable
{
    private readonly string _path;
    private readonly string _new;
    private readonly FileStream _stream;
    private bool _isNeeded;

    private FileReplacement(string path, string replacement, FileStream stream) => (_path, _new, _stream) = (path, replacement, stream);

    /// <summary>Makes sure that there is something to replace and a place to write to. Where the file is a link, what it leads to is meant.</summary>
    /// <exception cref="IOException">There is none.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be.</exception>
    public static FileReplacement Begin(string path)
    {
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        using (new FileStream(target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            // A file that may not be written is not replaced either, though its folder would allow it.
        }

        var replacement = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileReplacement(target, replacement, new FileStream(replacement, options));
    }

    /// <summary>Does it.</summary>
    /// <exception cref="HalfWrittenException">The file holds part of it; all of it is kept beside.</exception>
    /// <exception cref="IOException">It could not be; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be; the file is as it was.</exception>
    public void Commit(byte[] content)
    {
        _stream.Write(content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_stream.SafeFileHandle, File.GetUnixFileMode(_path));
        }

        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        if (OwnerOf(_new) != OwnerOf(_path) || !TryMove())
        {
            Overwrite(content);
        }
    }

    /// <summary>Leaves nothing behind where it was not committed.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (!_isNeeded)
        {
            File.Delete(_new);
        }
    }

    private bool TryMove()
    {
        try
        {
            File.Move(_new, _path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Overwrite(byte[] content)
    {
        using var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var before = (int)Math.Min(file.Length, content.Length);
        Append(file, content, before);
        _isNeeded = true;
        try
        {
            file.Position = 0;
            file.Write(content, 0, before);
            file.SetLength(content.Length);
            file.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new HalfWrittenException($"{_path} was written in part. What it is to hold is in {_new}: copy that over it.", exception);
        }

        _isNeeded = false;
    }

    // What is longer than before first: where the disk is full, nothing is lost by that.
    private static void Append(FileStream file, byte[] content, int before)
    {
        if (content.Length == before)
        {
            return;
        }

        try
        {
            file.Position = before;
            file.Write(content, before, content.Length - before);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            file.SetLength(before);
            throw;
        }
    }

    // Of whom a file is the base library says in archives alone.
    private static (int User, int Group) OwnerOf(string path)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            writer.WriteEntry(path, "file");
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        var entry = reader.GetNextEntry()!;
        return (entry.Uid, entry.Gid);
    }
}

/// <summary>A file holds part of what it was to hold, and another one all of it.</summary>
/// <param name="message">Which, and what to do.</param>
/// <param name="inner">What was in the way.</param>
internal sealed class HalfWrittenException(string message, Exception inner) : IOException(message, inner);
