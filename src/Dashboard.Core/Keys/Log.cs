using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Keys;

/// <summary>Log events 1300-1309. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Information, "The key that {Setting} gives is in the ring as {KeyId} ({Algorithm}).")]
    public static partial void KeyImported(this ILogger logger, string setting, string keyId, KeyAlgorithm algorithm);

    [LoggerMessage(1301, LogLevel.Warning, "The key that {Setting} gives is {KeyId}, which is {State}: it stays so. Take the setting away.")]
    public static partial void GivenKeyIsOver(this ILogger logger, string setting, string keyId, KeyState state);

    [LoggerMessage(1302, LogLevel.Warning, "{Setting} is not used: tokens are not signed with HS256 here. Set Keys:Algorithm to HS256, or add HS256 to Keys:OtherAlgorithms.")]
    public static partial void SecretNotUsed(this ILogger logger, string setting);

    [LoggerMessage(1303, LogLevel.Warning, "Uses of keys cannot be written now; they are kept and written later ({Count}).")]
    public static partial void UsesDelayed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(1304, LogLevel.Warning, "Keys cannot be rotated now: the store cannot be used. It is tried again.")]
    public static partial void RotationDelayed(this ILogger logger, Exception exception);

    [LoggerMessage(1305, LogLevel.Information, "Key {KeyId} ({Algorithm}) signs from now on.")]
    public static partial void Rotated(this ILogger logger, string keyId, KeyAlgorithm algorithm);

    [LoggerMessage(1306, LogLevel.Information, "Key {KeyId} is retired: all that it signed has expired.")]
    public static partial void Retired(this ILogger logger, string keyId);
}
