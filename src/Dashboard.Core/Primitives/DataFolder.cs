namespace Dashboard.Core.Primitives;

/// <summary>The folder that this process keeps files in.</summary>
internal static class DataFolder
{
    /// <summary>Makes it, readable by this user alone; leaves one that exists as it is.</summary>
    /// <exception cref="StartupException">It cannot be made.</exception>
    public static void Create(string folder)
    {
        folder = Path.GetFullPath(folder);
        if (Directory.Exists(folder))
        {
            return;
        }

        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(
                    folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new StartupException(
                $"The data folder {folder} cannot be created: {exception.Message} Set Signet:DataFolder to a folder "
                + "that this user may write to.",
                StartupException.StoreUnusable,
                exception);
        }
    }
}
