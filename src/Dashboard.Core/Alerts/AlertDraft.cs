namespace Dashboard.Core.Alerts;

/// <summary>What is found to be so, before the book says whether that is new.</summary>
/// <param name="Kind">One of <see cref="AlertKinds"/>.</param>
/// <param name="Key">What it is about; the same thing has the same key every time.</param>
/// <param name="Severity">Never falls while the alert is open.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Detail">What it means, and what to do. No secrets: everybody who may read alerts reads it.</param>
/// <param name="Href">The page on which something can be done, without the host.</param>
internal sealed record AlertDraft(
    string Kind, string Key, AlertSeverity Severity, string Title, string Detail, string Href)
{
    /// <summary>When it was so; null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How often it happened; 0 for a state that merely goes on.</summary>
    public long Times { get; init; } = 1;

    /// <summary>
    /// True where it may have been raised already: nothing happens where an alert of the kind and key, open or not, knows of this
    /// moment or a later one.
    /// </summary>
    public bool IsOnce { get; init; }
}

/// <summary>What came of raising an alert.</summary>
/// <param name="Outcome">Whether it is new.</param>
/// <param name="Alert">As it is now.</param>
internal sealed record AlertRaise(AlertRaiseOutcome Outcome, Alert Alert);

/// <summary>What raising an alert changed.</summary>
internal enum AlertRaiseOutcome
{
    /// <summary>It is a new one.</summary>
    Opened,

    /// <summary>The open one happened again, or is told in other words.</summary>
    Changed,

    /// <summary>It goes on as it was, or was known of before.</summary>
    Unchanged,
}
