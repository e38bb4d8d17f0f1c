namespace Dashboard.Commands;

/// <summary>
/// Puts other content in a file's place, whole or not at all, with the same mode: whoever reads meanwhile reads the old or the new.
/// </summary>
internal sealed class FileReplacement : IDisposable
{
    private readonly string _path;
    private readonly string _new;
    private readonly FileStream _stream;

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

    public void Commit(byte[] content)
    {
        _stream.Write(content);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_stream.SafeFileHandle, File.GetUnixFileMode(_path));
        }

        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
        File.Move(_new, _path, overwrite: true);
    }

    /// <summary>Leaves nothing behind where it was not committed.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(_new);
    }
}
