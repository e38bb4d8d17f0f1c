using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Live;

/// <summary>Log events 1900-1919. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1900, LogLevel.Warning, "What changed elsewhere ({Kind}) could not be read; it is tried again.")]
    public static partial void NotFollowed(this ILogger logger, Exception exception, ChangeKind kind);

    [LoggerMessage(1901, LogLevel.Warning, "Missed news of other nodes; everything is read again.")]
    public static partial void NewsMissed(this ILogger logger);

    [LoggerMessage(1902, LogLevel.Warning, "Other nodes could not be told of changes; they hear of them when Redis is back.")]
    public static partial void NewsDelayed(this ILogger logger, Exception exception);

    [LoggerMessage(1903, LogLevel.Information, "Another process, such as a command, changed the database; everything is read again.")]
    public static partial void ChangedElsewhere(this ILogger logger);
}
