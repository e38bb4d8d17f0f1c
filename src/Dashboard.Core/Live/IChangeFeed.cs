namespace Dashboard.Core.Live;

/// <summary>What a change was about.</summary>
public enum ChangeKind
{
    Tokens,
    Revocations,
    Keys,
    Sessions,
    Operators,
    Clients,
    Agents,
    Events,
    Audit,
    Webhooks,
    Alerts,
    Shares,
    Purges,
}

/// <summary>Says that something changed, never what it is now: readers load it again.</summary>
/// <param name="Kind">What the change was about.</param>
/// <param name="Id">The changed object's id, or null where many changed.</param>
/// <param name="IsFromElsewhere">True where this node did not make the change, or may have missed some.</param>
public readonly record struct Change(ChangeKind Kind, string? Id, bool IsFromElsewhere = false);

/// <summary>Carries changes to everybody who shows or caches them.</summary>
public interface IChangeFeed
{
    /// <summary>True where other nodes publish too, so that news can be lost on its way.</summary>
    bool IsShared { get; }

    /// <summary>
    /// False where another node may have changed something more than a few seconds ago that is not in the memory of this
    /// one: nothing may be accepted from memory then. Always true where there is no other node. Costs a look at a clock.
    /// </summary>
    bool IsCurrent { get; }

    /// <summary>Makes <see cref="IsCurrent"/> heed how far a follower has come.</summary>
    void Heed(IFollower follower);

    /// <summary>How many readers are subscribed now.</summary>
    int ReaderCount { get; }

    /// <summary>Tells every reader of the kind. Never fails and never waits for a slow reader.</summary>
    void Publish(Change change);

    /// <summary>
    /// The same for what must hold on every node once it is acknowledged: other nodes are told before this one's readers are,
    /// and before this completes, so that the loss of this node cannot keep it from them. Where they cannot be told, they are
    /// as soon as the store answers again. Never fails.
    /// </summary>
    Task TellAsync(params IReadOnlyList<Change> changes);

    /// <summary>
    /// Reads changes of one kind from now on until cancelled. A reader that falls behind loses the oldest ones, but
    /// never the newest, and hears that many changed.
    /// </summary>
    IAsyncEnumerable<Change> ReadAsync(ChangeKind kind, CancellationToken cancellationToken);
}
