using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Migration;

/// <summary>Log events 1050-1059. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1050, LogLevel.Information, "Copying the store {Source} into {Target}.")]
    public static partial void MigrationStarted(this ILogger logger, string source, string target);

    [LoggerMessage(1051, LogLevel.Information, "Filled the store {Target} with {Rows} rows.")]
    public static partial void MigrationFinished(this ILogger logger, string target, long rows);

    [LoggerMessage(1052, LogLevel.Information, "The table {Table} differs: {SourceRows} rows in the source, {TargetRows} in the target.")]
    public static partial void TableDiffers(this ILogger logger, string table, long sourceRows, long targetRows);
}
