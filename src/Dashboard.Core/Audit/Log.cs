using Microsoft.Extensions.Logging;

namespace Dashboard.Core.Audit;

/// <summary>Log events 1950-1969. Names and ids are stable: operators alert on them.</summary>
internal static partial class Log
{
    [LoggerMessage(1950, LogLevel.Information, "Audit checkpoint: {Number} entries, taken by {Who}: {Checkpoint}")]
    public static partial void CheckpointTaken(this ILogger logger, long number, string who, string checkpoint);

    [LoggerMessage(1951, LogLevel.Error, "The audit checkpoint could not be written to {File}; the store and this log have it.")]
    public static partial void CheckpointNotWritten(this ILogger logger, Exception exception, string file);

    [LoggerMessage(1952, LogLevel.Warning, "The audit checkpoint waits: the store cannot be used.")]
    public static partial void CheckpointDelayed(this ILogger logger, Exception exception);

    [LoggerMessage(1953, LogLevel.Critical, "The audit log is broken at entry {Number}: {Fault}")]
    public static partial void ChainBroken(this ILogger logger, long? number, string? fault);

    [LoggerMessage(1954, LogLevel.Error, "The verification of the audit log ended before its end.")]
    public static partial void VerificationFailed(this ILogger logger, Exception exception);

    [LoggerMessage(1955, LogLevel.Information, "Pruned {Count} audit entries up to entry {Number}: {Record}")]
    public static partial void Pruned(this ILogger logger, int count, long number, string record);
}
