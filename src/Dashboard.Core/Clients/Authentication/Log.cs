using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Clients.Authentication;

/// <summary>Log events 2050-2099. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(2050, LogLevel.Warning, "The keys of a client at {Host} cannot be fetched: {Reason}")]
    public static partial void ClientAddressFailed(this ILogger logger, string host, string reason);
}
