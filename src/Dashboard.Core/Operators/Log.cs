using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Operators;

/// <summary>Log events 1500-1599. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1501, LogLevel.Information, "Created the first operator {UserName}.")]
    public static partial void FirstOperatorCreated(this ILogger logger, string userName);

    [LoggerMessage(1502, LogLevel.Warning, "The password given in {Setting} is easily guessed. Change it after signing in.")]
    public static partial void FirstPasswordIsWeak(this ILogger logger, string setting);
}
