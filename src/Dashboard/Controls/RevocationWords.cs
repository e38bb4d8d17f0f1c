namespace Dashboard.Controls;

/// <summary>What revoking means, in the words of every page that revokes.</summary>
public static class RevocationWords
{
    /// <summary>What holds at once, where it does not hold yet, and that it is for good.</summary>
    /// <param name="lastExpiryAt">When the last of the tokens would have expired; null where none is live.</param>
    /// <param name="time">The browser's.</param>
    public static string Consequence(DateTimeOffset? lastExpiryAt, BrowserTime time) =>
        "Callers that ask Signet are refused at once. "
        + (lastExpiryAt is { } last ? $"APIs that validate offline could accept copies until {time.Format(last)}. " : "")
        + "This cannot be undone.";
}
