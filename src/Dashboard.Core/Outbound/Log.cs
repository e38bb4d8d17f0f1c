using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Outbound;

/// <summary>Log events 2050-2099. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(2050, LogLevel.Warning, "What is at {Host} cannot be fetched: {Fault} {Reason}")]
    public static partial void AddressFailed(this ILogger logger, string host, string fault, string? reason);
}
