using System.Text.Json;

namespace Dashboard.Core.Storage.Purging;

/// <summary>What one purge did.</summary>
/// <param name="At">When it began.</param>
/// <param name="Gone">How many of each kind of thing it deleted, such as <c>tokens</c>.</param>
public sealed record PurgeRun(DateTimeOffset At, IReadOnlyDictionary<string, long> Gone)
{
    internal string ToJson() => JsonSerializer.Serialize(this);

    internal static PurgeRun? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<PurgeRun>(json);
}
