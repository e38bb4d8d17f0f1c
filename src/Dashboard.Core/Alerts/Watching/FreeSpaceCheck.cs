using Dashboard.Core.Storage.Status;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Tells while the disk of the data folder is nearly full. Each node has a disk of its own.</summary>
internal sealed class FreeSpaceCheck(IFreeSpace disk, AlertBook book, IOptions<AlertOptions> options) : INodeAlertCheck
{
    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (disk.Read() is not { } free || free >= options.Value.LowDisk)
        {
            return;
        }

        await book.RaiseAsync(
            new AlertDraft(
                AlertKinds.DiskLow,
                Environment.MachineName,
                AlertSeverity.Critical,
                "A disk is nearly full",
                $"The data folder of {Environment.MachineName} has less than {ByteText.Of(options.Value.LowDisk)} left. When it is full, "
                + "Signet refuses whatever it would have to write. Make room, or keep less: old backups, logs, shorter retention.",
                "/settings?tab=nodes")
            {
                Times = 0,
            },
            cancellationToken);
    }
}
