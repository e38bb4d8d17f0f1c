using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Throttling;

/// <summary>Log events 1700-1799. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1700, LogLevel.Warning, "Request budgets are counted by this node alone, at half their size: the store cannot be used.")]
    public static partial void CountingAlone(this ILogger logger, Exception exception);

    [LoggerMessage(1701, LogLevel.Information, "Request budgets are shared with the other nodes again.")]
    public static partial void CountingTogether(this ILogger logger);
}
