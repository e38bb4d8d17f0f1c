using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Tokens;

/// <summary>Log events 1200-1299. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Critical,
        "A token with our signature was never issued: key {KeyId} may have leaked. Reference {RequestId}.")]
    public static partial void UnknownToken(this ILogger logger, string? keyId, string? requestId);

    [LoggerMessage(1201, LogLevel.Error, "Running revocations wait: the store cannot be used.")]
    public static partial void RevocationsDelayed(this ILogger logger, Exception exception);

    [LoggerMessage(1202, LogLevel.Error, "Could not write {Count} presentations of tokens.")]
    public static partial void PresentationsLost(this ILogger logger, Exception exception, int count);

    [LoggerMessage(1205, LogLevel.Error, "The report of refusal {RequestId} is incomplete: the store cannot be used.")]
    public static partial void ReportIncomplete(this ILogger logger, Exception exception, string? requestId);
}
