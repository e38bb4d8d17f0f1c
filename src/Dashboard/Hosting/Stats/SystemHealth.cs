namespace Dashboard.Hosting.Stats;

/// <summary>Whether everything that Signet needs works.</summary>
public sealed record SystemHealth(IReadOnlyList<HealthItem> Items)
{
    /// <summary>The state of the worst part. What has not happened yet, such as a first purge, is no fault.</summary>
    public HealthKind Kind => Items.Select(item => item.Kind).DefaultIfEmpty(HealthKind.Unknown).Max();

    /// <summary>The state in a few words, for the top bar.</summary>
    public string Text => Items.FirstOrDefault(item => item.Kind == Kind) is { Kind: HealthKind.Warning or HealthKind.Unavailable } worst
        ? $"{worst.Name}: {worst.Word.ToLowerInvariant()}"
        : "All healthy";
}

/// <summary>How a part is, the best first.</summary>
public enum HealthKind
{
    /// <summary>It has not happened yet, so nobody can say.</summary>
    Unknown,

    Ok,

    Warning,

    Unavailable,
}

/// <summary>One part.</summary>
/// <param name="Key">Its stable name, for the API.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Kind">How it is.</param>
/// <param name="Word">The same in a word or two.</param>
/// <param name="Detail">The facts; null where there are none.</param>
/// <param name="At">When something happened that one wants to know; null where nothing did.</param>
/// <param name="AtWord">What happened then: "ran".</param>
public sealed record HealthItem(
    string Key, string Name, HealthKind Kind, string Word, string Detail, DateTimeOffset? At = null, string? AtWord = null);
