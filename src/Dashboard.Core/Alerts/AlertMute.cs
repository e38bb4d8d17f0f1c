namespace Dashboard.Core.Alerts;

/// <summary>Somebody does not want to hear of some alerts for a while. They are still listed.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Key">About what; null for all of the kind.</param>
/// <param name="Until">From when on one is told of them again, where they go on.</param>
/// <param name="Reason">Why, in that person's words.</param>
/// <param name="By">Who.</param>
/// <param name="At">Since when.</param>
public sealed record AlertMute(string Kind, string? Key, DateTimeOffset Until, string Reason, string By, DateTimeOffset At)
{
    /// <summary>True where it covers an alert at a time.</summary>
    public bool Covers(string kind, string key, DateTimeOffset now) => Kind == kind && (Key is null || Key == key) && now < Until;
}
