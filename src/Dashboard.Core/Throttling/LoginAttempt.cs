namespace Dashboard.Core.Throttling;

/// <summary>An attempt that <see cref="LoginThrottle"/> has counted or refused.</summary>
internal sealed class LoginAttempt
{
    /// <summary>How long to wait where it was refused; null where it may be made.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>Counters that a success clears.</summary>
    public required IReadOnlyList<byte[]> Cleared { get; init; }

    /// <summary>Counters that a success gives just this attempt back.</summary>
    public IReadOnlyList<byte[]> Returned { get; init; } = [];

    /// <summary>Counters on which the attempt was counted.</summary>
    public required IReadOnlyList<byte[]> Counted { get; init; }
}

/// <summary>How an account is throttled for devices that it does not know.</summary>
/// <param name="Failures">Consecutive failures.</param>
/// <param name="BlockedUntil">When the next attempt is let through; null where that is now, or never by itself.</param>
/// <param name="IsStopped">True where somebody has to act before.</param>
public sealed record AccountThrottle(int Failures, DateTimeOffset? BlockedUntil, bool IsStopped)
{
    /// <summary>True where an unknown device is refused at this moment.</summary>
    public bool IsBlocked => IsStopped || BlockedUntil is not null;
}
