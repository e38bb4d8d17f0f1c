using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Storage.Redis;

/// <summary>Log events 1010-1029. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1010, LogLevel.Information, "Opened the Redis store {StoreId}.")]
    public static partial void StoreOpened(this ILogger logger, string storeId);

    [LoggerMessage(1011, LogLevel.Warning, "Redis keeps nothing on disk: everything is lost when it restarts. Set 'appendonly yes' and 'appendfsync always'.")]
    public static partial void NothingPersisted(this ILogger logger);

    [LoggerMessage(1012, LogLevel.Warning, "Redis writes to disk only now and then ({Policy}): what was acknowledged since is lost when its machine fails. Set 'appendonly yes' and 'appendfsync always'.")]
    public static partial void PersistedLate(this ILogger logger, string policy);

    [LoggerMessage(1013, LogLevel.Warning, "Redis at {Endpoint} is reached over the network without TLS or without a password.")]
    public static partial void OpenConnection(this ILogger logger, string endpoint);

    [LoggerMessage(1014, LogLevel.Warning, "The connection to Redis failed: {Kind}.")]
    public static partial void ConnectionLost(this ILogger logger, string kind);

    [LoggerMessage(1015, LogLevel.Information, "The connection to Redis is back.")]
    public static partial void ConnectionBack(this ILogger logger);

    [LoggerMessage(1016, LogLevel.Critical, "Redis answers, but it does not hold the store {StoreId} that this node works on. Requests are refused until that store is back or this node is restarted.")]
    public static partial void OtherStore(this ILogger logger, string storeId);

    [LoggerMessage(1017, LogLevel.Critical, "Redis has lost changes that it had acknowledged: it knows {Changes}, this node has seen {Known}. Revocations may be among them, so requests are refused until the full store is back. To go on with what is left, read the audit log of the lost time and restart every node.")]
    public static partial void ChangesLost(this ILogger logger, long changes, long known);

    [LoggerMessage(1018, LogLevel.Warning, "Redis at {Endpoint} has replicas, but changes are acknowledged before they have them: what was acknowledged last is lost when one of them takes over. Set Storage:RedisReplicas to 1.")]
    public static partial void NotReplicated(this ILogger logger, string endpoint);
}
