namespace Dashboard.Hosting;

/// <summary>Log events 1000-1099. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Error, "The request failed.")]
    public static partial void RequestFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1001, LogLevel.Warning, "The store was unavailable; the request was refused.")]
    public static partial void StoreUnavailable(this ILogger logger, Exception exception);

    [LoggerMessage(1002, LogLevel.Debug, "The request was refused with {Status} ({Code}).")]
    public static partial void RequestRefused(this ILogger logger, int status, string code);

    [LoggerMessage(1003, LogLevel.Warning,
        "A connection of the dashboard was refused: its Origin is not the issuer's. If the dashboard has another address, "
        + "list it in Hosting:Origins.")]
    public static partial void OriginRefused(this ILogger logger);

    [LoggerMessage(1004, LogLevel.Warning,
        "Plain http from another machine was refused. Use https, list the reverse proxy in Hosting:KnownProxies, or set "
        + "Hosting:AllowHttp.")]
    public static partial void PlainHttpRefused(this ILogger logger);

    [LoggerMessage(1005, LogLevel.Warning, "Not ready: {Check} says {Reason}.")]
    public static partial void NotReady(this ILogger logger, string check, string? reason);

    [LoggerMessage(1006, LogLevel.Warning,
        "An Idempotency-Key could not be written down: the store cannot be used. A repeat of the request creates again.")]
    public static partial void CreationNotKept(this ILogger logger, Exception exception);
}
