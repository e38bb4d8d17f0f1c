using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Backups;

/// <summary>Log events 1060-1069. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1060, LogLevel.Information, "Restoring the backup {Backup} into {Target}.")]
    public static partial void RestoreStarted(this ILogger logger, string backup, string target);

    [LoggerMessage(1061, LogLevel.Information, "Restored the backup {Backup} into {Target}: {Rows} rows.")]
    public static partial void RestoreFinished(this ILogger logger, string backup, string target, long rows);

    [LoggerMessage(1062, LogLevel.Information, "The table {Table} differs: {BackupRows} rows were to be written, {TargetRows} are there.")]
    public static partial void RestoredTableDiffers(this ILogger logger, string table, long backupRows, long targetRows);
}
