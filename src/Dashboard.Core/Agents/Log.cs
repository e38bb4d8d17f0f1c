using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Agents;

/// <summary>Log events 2100-2199. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(2101, LogLevel.Information, "Added {Count} agent keys of {Setting}.")]
    public static partial void KeysAdded(this ILogger logger, int count, string setting);

    [LoggerMessage(2102, LogLevel.Warning, "When agents were last seen waits: the store cannot be written.")]
    public static partial void HeartbeatsDelayed(this ILogger logger, Exception exception);

    [LoggerMessage(2103, LogLevel.Error, "Removing agents that fell silent waits: the store cannot be used.")]
    public static partial void CleaningDelayed(this ILogger logger, Exception exception);
}
