using Microsoft.Extensions.Logging;

namespace Dashboard.Bearer;

/// <summary>Log events 3900-3919. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(3900, LogLevel.Warning,
        "Signet does not say what is revoked. From {LongestSilence} without an answer on, this holds for tokens: {WhenSilent}.")]
    public static partial void NotHeard(this ILogger logger, Exception exception, TimeSpan longestSilence, SilencePolicy whenSilent);

    [LoggerMessage(3901, LogLevel.Error,
        "Signet refuses to say what is revoked ({Status}). Check ClientId and ClientSecret, and that an administrator gave the client an audience.")]
    public static partial void NotAllowed(this ILogger logger, int status);

    [LoggerMessage(3902, LogLevel.Information, "Signet says again what is revoked.")]
    public static partial void HeardAgain(this ILogger logger);

    [LoggerMessage(3903, LogLevel.Warning, "Signet could not be told of tokens that were shown here; {Dropped} were dropped so far.")]
    public static partial void NotReported(this ILogger logger, Exception exception, long dropped);
}
