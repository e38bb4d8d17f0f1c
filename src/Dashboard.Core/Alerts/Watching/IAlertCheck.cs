namespace Dashboard.Core.Alerts.Watching;

/// <summary>Looks whether something is so that somebody should look at, and raises or ends its alerts.</summary>
internal interface IAlertCheck
{
    /// <summary>How often it looks.</summary>
    TimeSpan Interval { get; }

    /// <summary>Looks now.</summary>
    /// <exception cref="Primitives.StoreUnavailableException">It could not; it is tried again.</exception>
    Task CheckAsync(CancellationToken cancellationToken);
}

/// <summary>A check of what each node has for itself, so that each makes it. The others are the leader's.</summary>
internal interface INodeAlertCheck : IAlertCheck;
