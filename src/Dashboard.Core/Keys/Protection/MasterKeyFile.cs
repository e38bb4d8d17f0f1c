using System.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Keys.Protection;

/// <summary>A file that holds a master key, for its owner alone.</summary>
internal static class MasterKeyFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads the key.</summary>
    /// <exception cref="StartupException">It cannot be read, or holds no key.</exception>
    public static MasterKey Read(string path, string source)
    {
        try
        {
            return Parse(File.ReadAllText(path), source);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The master key file {path} cannot be read: {exception.Message}", StartupException.WrongSetting, exception);
        }
    }

    /// <summary>Reads a key as people write it.</summary>
    /// <exception cref="StartupException">The text is none.</exception>
    public static MasterKey Parse(string text, string source)
    {
        var key = new byte[MasterKey.Length + 1];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == MasterKey.Length
            ? new MasterKey(key[..MasterKey.Length])
            : throw new StartupException(
                $"The master key in {source} must be {MasterKey.Length} bytes in base64. Make one with: openssl rand -base64 32",
                StartupException.WrongSetting);
    }

    /// <summary>Writes a new key that is on disk before anything is encrypted with it. No file is overwritten.</summary>
    public static MasterKey Create(string path, string source)
    {
        var text = MasterKey.NewText();
        Write(path, text);
        return Parse(text, source);
    }

    /// <summary>Puts a key in the place of another, which is kept beside it for what was backed up before.</summary>
    public static void Replace(string path, string replacement)
    {
        var old = path + ".old";
        File.Delete(old);
        Write(old, File.ReadAllText(path));
        File.Move(replacement, path, overwrite: true);
    }

    private static void Write(string path, string text)
    {
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = OwnerAlone;
        }

        using var stream = new FileStream(path, file);
        stream.Write(Encoding.ASCII.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }
}
