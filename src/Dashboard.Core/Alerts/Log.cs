using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Alerts;

/// <summary>Log events 2450-2499. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(2450, LogLevel.Warning, "An alert opened: {Kind}, {Alert}.")]
    public static partial void AlertOpened(this ILogger logger, string kind, string alert);

    [LoggerMessage(2451, LogLevel.Information, "An alert is over: {Kind}, {Alert}.")]
    public static partial void AlertResolved(this ILogger logger, string kind, string alert);

    [LoggerMessage(2452, LogLevel.Warning, "Alerts wait ({What}): the store cannot be used.")]
    public static partial void AlertsDelayed(this ILogger logger, Exception exception, string what);

    [LoggerMessage(2453, LogLevel.Error, "{Count} events of which alerts were to tell were dropped: too many waited.")]
    public static partial void AlertsDropped(this ILogger logger, long count);

    [LoggerMessage(2454, LogLevel.Error, "A check of alerts failed: {What} ({Kind}). It is made again.")]
    public static partial void CheckFailed(this ILogger logger, string what, string kind);
}
