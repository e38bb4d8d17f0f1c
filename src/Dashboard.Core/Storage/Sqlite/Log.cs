using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Sqlite;

/// <summary>Log events 1000-1099. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Information, "Brought the database {Path} to format {Format}.")]
    public static partial void Migrated(this ILogger logger, string path, int format);
}
