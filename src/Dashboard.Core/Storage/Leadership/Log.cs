using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Leadership;

/// <summary>Log events 1040-1049. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1040, LogLevel.Information, "This node leads (term {Term}): it purges and ends what is overdue.")]
    public static partial void Leads(this ILogger logger, long term);

    [LoggerMessage(1041, LogLevel.Warning, "The lease of the leader could not be renewed: the store cannot be used.")]
    public static partial void LeaseNotRenewed(this ILogger logger, Exception exception);

    [LoggerMessage(1042, LogLevel.Error, "{What} failed ({Kind}). It is tried again the next time.")]
    public static partial void WorkFailed(this ILogger logger, string what, string kind);
}
