using Dashboard.Controls;

namespace Dashboard.Overview;

/// <summary>Whether everything that Signet needs works.</summary>
public sealed record SystemHealth(IReadOnlyList<HealthItem> Items)
{
    /// <summary>The state of the worst part. What has not happened yet, such as a first purge, is no fault.</summary>
    public StatusKind Kind => Items.Select(item => item.Kind)
        .Where(kind => kind is not StatusKind.Ended)
        .DefaultIfEmpty(StatusKind.Ended)
        .MaxBy(kind => kind is StatusKind.Refused ? 2 : kind is StatusKind.Warning ? 1 : 0);

    /// <summary>The state in a few words, for the top bar.</summary>
    public string Text => Items.FirstOrDefault(item => item.Kind == Kind) is { Kind: not StatusKind.Live } worst
        ? $"{worst.Name}: {worst.Word.ToLowerInvariant()}"
        : "All healthy";
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
    string Key, string Name, StatusKind Kind, string Word, string Detail, DateTimeOffset? At = null, string? AtWord = null);
