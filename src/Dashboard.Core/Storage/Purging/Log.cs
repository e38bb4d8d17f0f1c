using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Purging;

/// <summary>Log events 1030-1039. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1030, LogLevel.Error, "Purging waits: the store cannot be used.")]
    public static partial void PurgeDelayed(this ILogger logger, Exception exception);

    [LoggerMessage(1031, LogLevel.Information, "Purged {Gone}.")]
    public static partial void Purged(this ILogger logger, string gone);

    [LoggerMessage(1032, LogLevel.Information, "Stopped purging: another node leads by now.")]
    public static partial void PurgeLeft(this ILogger logger);
}
