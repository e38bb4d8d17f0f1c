namespace Dashboard.Core.Sessions;

/// <summary>Whether a session goes on.</summary>
public enum SessionState
{
    Open,
    Ended,
}

/// <summary>Which sessions to list; null members do not filter.</summary>
public sealed record SessionFilter
{
    /// <summary>No text that is looked for is longer.</summary>
    public const int LongestText = 200;

    public string? OperatorId { get; init; }

    public SessionState? State { get; init; }

    public SessionKind? Kind { get; init; }

    /// <summary>
    /// The beginning of a user name, address or session name, whatever its case. Looks at some thousand sessions for each
    /// page; the next page goes on behind them.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>True for a session that the filter lists.</summary>
    internal bool Covers(Session session) =>
        (OperatorId is null || session.OperatorId == OperatorId)
        && (State is null || (State is SessionState.Open) == (session.EndedAt is null))
        && (Kind is null || session.Kind == Kind);

    /// <summary>The text in the form that is compared; null where none is given.</summary>
    internal string? ComparedText => Text?.ToLowerInvariant();

    /// <summary>True where a value begins with the text.</summary>
    internal static bool Begins(string? value, string comparedText) =>
        value?.ToLowerInvariant().StartsWith(comparedText, StringComparison.Ordinal) is true;
}
