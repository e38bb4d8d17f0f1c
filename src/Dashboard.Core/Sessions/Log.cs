using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Sessions;

/// <summary>Log events 1600-1699. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1600, LogLevel.Error, "Could not end overdue sessions; the next round tries again.")]
    public static partial void SweepFailed(this ILogger logger, Exception exception);
}
