namespace Dashboard.Core.Audit.Verifying;

/// <summary>A verification that runs in the background, or ran last on this node.</summary>
/// <param name="Who">Who asked for it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Total">How many entries there were then.</param>
public sealed record AuditRun(Actor Who, DateTimeOffset StartedAt, long Total)
{
    /// <summary>How many entries were found good so far.</summary>
    public long Walked { get; init; }

    /// <summary>Whether it runs, and how it ended.</summary>
    public AuditRunState State { get; init; } = AuditRunState.Running;

    /// <summary>What it found; null where it runs or was not brought to its end.</summary>
    public AuditProof? Proof { get; init; }

    /// <summary>Who stopped it; null where nobody did.</summary>
    public string? StoppedBy { get; init; }
}

public enum AuditRunState
{
    Running,

    /// <summary>It came to its end.</summary>
    Done,

    /// <summary>Somebody stopped it.</summary>
    Stopped,

    /// <summary>The store could not be read, or the result not be recorded.</summary>
    Failed,
}

/// <summary>What became of asking for a verification.</summary>
public enum AuditStart
{
    Started,

    /// <summary>Another one runs on this node; there is one at a time.</summary>
    AlreadyRunning,

    /// <summary>What was given is no checkpoint that a trusted key of this Signet signed.</summary>
    NoCheckpoint,
}
