using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Storage;

/// <summary>Which store is used. Bound from <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    public const string Sqlite = "sqlite";

    public const string RedisKind = "redis";

    /// <summary>
    /// The kind of store: <c>sqlite</c> keeps everything in one file below the data folder, <c>redis</c> in a server that
    /// several nodes share.
    /// </summary>
    [RegularExpression("^(sqlite|redis)$", ErrorMessage = "Storage:Kind must be 'sqlite' or 'redis'.")]
    public string Kind { get; set; } = Sqlite;

    /// <summary>
    /// Where Redis is, as StackExchange.Redis writes it: <c>host:6379,password=…,ssl=true</c>. Holds a password, so it is
    /// never shown.
    /// </summary>
    public string? Redis { get; set; }

    /// <summary>What every key in Redis begins with, so that several deployments can share a server.</summary>
    [RegularExpression(
        "^[A-Za-z0-9._-]{1,40}$", ErrorMessage = "Storage:RedisPrefix must be 1 to 40 letters, digits, dots, dashes or underscores.")]
    public string RedisPrefix { get; set; } = "signet";

    /// <summary>
    /// How many replicas of Redis must have a change before it is acknowledged: 1 where a replica takes over when the master
    /// dies, or what was acknowledged last would be lost with it. 0 where there is none, and for a cluster, whose servers
    /// have <c>min-replicas-to-write</c> instead.
    /// </summary>
    [Range(0, 5)]
    public int RedisReplicas { get; set; }

    /// <summary>How long Redis may take to answer before the request is refused.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a node that hears nothing from Redis goes on accepting tokens from memory: so long may a revocation on another
    /// node go unheard.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:01:00")]
    public TimeSpan LongestSilence { get; set; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class StorageOptionsRules : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options) =>
        options.Kind is StorageOptions.RedisKind && string.IsNullOrWhiteSpace(options.Redis)
            ? ValidateOptionsResult.Fail(
                $"{StorageOptions.Section}:Redis must say where Redis is, such as localhost:6379, where {StorageOptions.Section}:Kind is 'redis'.")
            : ValidateOptionsResult.Success;
}
