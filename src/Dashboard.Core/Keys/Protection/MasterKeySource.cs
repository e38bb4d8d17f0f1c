using System.Security.Cryptography;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Protection;

/// <summary>Finds the master key, or makes one for a store that has never had any.</summary>
internal sealed class MasterKeySource(IOptions<MasterKeyOptions> options, IOptions<SignetOptions> signet)
{
    private string GeneratedFile => Path.Combine(signet.Value.DataFolder, "master.key");

    /// <summary>Reads the key from the first source that is configured or present.</summary>
    /// <param name="storeIsNew">True where nothing was ever encrypted, so that a new key loses nothing.</param>
    /// <exception cref="StartupException">The key is missing or unreadable.</exception>
    public MasterKey Load(bool storeIsNew) => options.Value switch
    {
        { Key: { Length: > 0 } key } => Parse(key, MasterKeyOptions.KeySetting),
        { File: { Length: > 0 } file } => Parse(Read(file), $"the file {file} ({MasterKeyOptions.FileSetting})"),
        _ when File.Exists(GeneratedFile) => Parse(Read(GeneratedFile), $"the file {GeneratedFile}"),
        _ when storeIsNew => Generate(),
        _ => throw new StartupException(
            $"The master key is missing: the store holds encrypted keys, but {MasterKeyOptions.KeySetting} and "
            + $"{MasterKeyOptions.FileSetting} are not set and there is no {GeneratedFile}. Give the key that this store "
            + "was made with. Signet does not make new keys over old ones.",
            StartupException.WrongSetting),
    };

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The master key file {file} cannot be read: {exception.Message}", StartupException.WrongSetting, exception);
        }
    }

    private static MasterKey Parse(string text, string source)
    {
        var key = new byte[MasterKey.Length + 1];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == MasterKey.Length
            ? new MasterKey(key[..MasterKey.Length])
            : throw new StartupException(
                $"The master key in {source} must be {MasterKey.Length} bytes in base64. Make one with: openssl rand -base64 32",
                StartupException.WrongSetting);
    }

    private MasterKey Generate()
    {
        DataFolder.Create(signet.Value.DataFolder);
        var key = RandomNumberGenerator.GetBytes(MasterKey.Length);
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(GeneratedFile, file);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(key)));

        // On disk before anything is encrypted with it.
        stream.Flush(flushToDisk: true);
        return new MasterKey(key);
    }
}
