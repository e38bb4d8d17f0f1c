namespace Dashboard.Core.Alerts;

/// <summary>Something that a person should look at. Of each kind and key one is open at most.</summary>
public sealed record Alert
{
    public required string Id { get; init; }

    /// <summary>
    /// Grows with every opening, on all nodes together. One whose mute ends while it is open opens again under a new number, so
    /// that whoever reads on from a number hears of it.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>What it is: one of <see cref="AlertKinds"/>. Stable: mutes and exports match on it.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is about, within its kind.</summary>
    public required string Key { get; init; }

    public required AlertSeverity Severity { get; init; }

    /// <summary>What happened, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>One or two sentences: what it means, and what to do.</summary>
    public required string Detail { get; init; }

    /// <summary>The page on which something can be done about it, without the host.</summary>
    public required string Href { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it was last so.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>How often it happened since it opened; 1 for a state that merely goes on.</summary>
    public required long Count { get; init; }

    /// <summary>True while nobody wants to hear of it. It is listed all the same.</summary>
    public bool IsMuted { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    /// <summary>What that person said.</summary>
    public string? AcknowledgedWhy { get; init; }

    /// <summary>When it was over; null while it is open.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    public AlertState State =>
        ResolvedAt is not null ? AlertState.Resolved : AcknowledgedAt is not null ? AlertState.Acknowledged : AlertState.Open;
}

/// <summary>How far a person has come with an alert. In this order they are listed.</summary>
public enum AlertState
{
    /// <summary>Nobody has taken it on.</summary>
    Open,

    /// <summary>It goes on, and somebody knows.</summary>
    Acknowledged,

    /// <summary>It is over.</summary>
    Resolved,
}

/// <summary>How soon somebody should look.</summary>
public enum AlertSeverity
{
    /// <summary>Today.</summary>
    Warning = 1,

    /// <summary>Now.</summary>
    Critical = 2,
}

/// <summary>Which alerts to list; null members do not filter.</summary>
/// <param name="State">How far they are.</param>
/// <param name="Kind">One of <see cref="AlertKinds"/>, exactly.</param>
public sealed record AlertFilter(AlertState? State = null, string? Kind = null);
