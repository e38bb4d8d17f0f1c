using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>How much room the disk of the data folder has.</summary>
internal interface IFreeSpace
{
    /// <summary>The bytes that this process may still write; null where the disk does not say.</summary>
    long? Read();
}

internal sealed class FreeSpace(IOptions<SignetOptions> options) : IFreeSpace
{
    public long? Read()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(options.Value.DataFolder)).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
