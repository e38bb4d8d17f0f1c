using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Events;

/// <summary>Log events 1100-1199. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Error, "Could not write {Count} events; they are counted as dropped.")]
    public static partial void BatchLost(this ILogger logger, Exception exception, int count);
}
