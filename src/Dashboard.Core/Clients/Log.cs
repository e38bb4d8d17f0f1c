using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Clients;

/// <summary>Log events 1800-1899. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1801, LogLevel.Information, "Created the first client {Client}.")]
    public static partial void FirstClientCreated(this ILogger logger, string client);

    [LoggerMessage(1802, LogLevel.Warning, "The client {Client} exists and does not have the secret given in {Setting}: nothing was changed.")]
    public static partial void FirstClientDiffers(this ILogger logger, string client, string setting);

    [LoggerMessage(1803, LogLevel.Warning, "Lost when {Count} clients were used last: the store cannot be written.")]
    public static partial void UsesLost(this ILogger logger, int count);

    [LoggerMessage(1804, LogLevel.Error, "Ending clients that expired or were never used waits: the store cannot be used.")]
    public static partial void CleaningDelayed(this ILogger logger, Exception exception);

    [LoggerMessage(1805, LogLevel.Warning, "When {Count} clients were used last waits: the store cannot be written.")]
    public static partial void UsesDelayed(this ILogger logger, Exception exception, int count);
}
