using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Keys.Protection;

/// <summary>Finds the master key, or makes one for a store that has never had any.</summary>
/// <remarks>
/// While the key is changed there are two: the new one lies in a file of its own until the store is sealed by it. Which of the
/// two the store belongs to, only the store can tell; so a change that was interrupted goes on either way.
/// </remarks>
internal sealed class MasterKeySource(IOptions<MasterKeyOptions> options, IOptions<SignetOptions> signet)
{
    private string GeneratedFile => Path.Combine(signet.Value.DataFolder, "master.key");

    /// <summary>The file that the key is read from; null where a setting holds the key itself.</summary>
    public string? PresentFile => options.Value switch
    {
        { Key.Length: > 0 } => null,
        { File: { Length: > 0 } file } => file,
        _ => GeneratedFile,
    };

    /// <summary>The key to change to. One of the caller's own is not moved to the present file's place.</summary>
    private string? NewFile => options.Value.NewFile ?? (PresentFile is { } file ? file + ".new" : null);

    /// <summary>Reads the key from the first source that is configured or present.</summary>
    /// <param name="storeIsNew">True where nothing was ever encrypted, so that a new key loses nothing.</param>
    /// <exception cref="StartupException">The key is missing or unreadable.</exception>
    public MasterKey Load(bool storeIsNew) => options.Value switch
    {
        { Key: { Length: > 0 } key } => MasterKeyFile.Parse(key, MasterKeyOptions.KeySetting),
        { File: { Length: > 0 } file } => MasterKeyFile.Read(file, $"the file {file} ({MasterKeyOptions.FileSetting})"),
        _ when File.Exists(GeneratedFile) => MasterKeyFile.Read(GeneratedFile, $"the file {GeneratedFile}"),
        _ when storeIsNew => Generate(),
        _ => throw new StartupException(
            $"The master key is missing: the store holds encrypted keys, but {MasterKeyOptions.KeySetting} and "
            + $"{MasterKeyOptions.FileSetting} are not set and there is no {GeneratedFile}. Give the key that this store "
            + "was made with. Signet does not make new keys over old ones.",
            StartupException.WrongSetting),
    };

    /// <summary>The key that the store may already have been changed to; null where none was begun to be changed to.</summary>
    public MasterKey? FindNew() => NewFile is { } file && File.Exists(file) ? MasterKeyFile.Read(file, $"the file {file}") : null;

    /// <summary>The key to change to, made where the caller gave none. A second call gives the same.</summary>
    /// <exception cref="StartupException">There is no place for it.</exception>
    public MasterKey PrepareNew()
    {
        if (NewFile is not { } file)
        {
            throw new StartupException(
                $"The master key stands in {MasterKeyOptions.KeySetting}, which a command cannot change. Give a file for the new key with "
                + "--new-key-file, and its content to that setting afterwards.",
                StartupException.WrongSetting);
        }

        try
        {
            return FindNew() ?? MasterKeyFile.Create(file, $"the file {file}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException(
                $"The new master key cannot be written to {file}: {exception.Message} Give another place with --new-key-file.",
                StartupException.WrongSetting,
                exception);
        }
    }

    /// <summary>
    /// Makes the new key the present one, now that the store is sealed by it. Does nothing where its file is the caller's own:
    /// null then, and that file otherwise.
    /// </summary>
    public string? CompleteNew()
    {
        if (options.Value.NewFile is not null || PresentFile is not { } present)
        {
            return null;
        }

        MasterKeyFile.Replace(present, NewFile!);
        return present;
    }

    private MasterKey Generate()
    {
        DataFolder.Create(signet.Value.DataFolder);
        return MasterKeyFile.Create(GeneratedFile, $"the file {GeneratedFile}");
    }
}
