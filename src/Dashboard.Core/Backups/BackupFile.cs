using Dashboard.Core.Backups.Format;

namespace Dashboard.Core.Backups;

/// <summary>
/// The file of a new backup, for its owner alone. It is written beside its name and takes it when it is whole and on disk:
/// whatever happens, under the name stands a whole backup or what was there before.
/// </summary>
internal sealed class BackupFile : IDisposable
{
    private readonly string _path;
    private readonly string _partPath;
    private readonly bool _replaces;
    private bool _isWhole;

    /// <summary>Begins the file; under its name it is there only once it is whole.</summary>
    /// <exception cref="BackupRefusedException">It cannot be written, or there is a file of that name that must stay.</exception>
    public BackupFile(string path, bool replaces)
    {
        (_path, _partPath, _replaces) = (path, path + ".part", replaces);
        if (File.Exists(path) && !replaces)
        {
            throw Exists();
        }

        FileStreamOptions options = new()
        {
            // What a backup that was killed has left behind is worth nothing.
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 128 * 1024,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            Stream = new FileStream(_partPath, options);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackupRefusedException.Unusable(path, exception);
        }
    }

    /// <summary>Where it is written to.</summary>
    public FileStream Stream { get; }

    /// <summary>Gives it its name; returns how large it is.</summary>
    /// <exception cref="BackupRefusedException">The disk is full, or there is a file of that name by now.</exception>
    public long Complete()
    {
        try
        {
            Stream.Flush(flushToDisk: true);
            var length = Stream.Length;
            Stream.Dispose();
            File.Move(_partPath, _path, _replaces);
            _isWhole = true;
            return length;
        }
        catch (IOException) when (!_replaces && File.Exists(_path))
        {
            throw Exists();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw BackupRefusedException.Unusable(_path, exception);
        }
    }

    public void Dispose()
    {
        if (_isWhole)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // A full disk, when the rest should have been written.
        }

        File.Delete(_partPath);
    }

    private BackupRefusedException Exists() =>
        new("FILE_EXISTS", $"The file {_path} exists. Give another name, or add --force to replace it.");
}
