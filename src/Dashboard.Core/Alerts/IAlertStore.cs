using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Alerts;

/// <summary>Keeps alerts and who muted them. Every adapter must pass <c>AlertStoreContract</c>.</summary>
internal interface IAlertStore
{
    /// <summary>Opens an alert, or counts on the open one of its kind and key. Atomic: however many raise it, one opens.</summary>
    Task<AlertRaise> RaiseAsync(AlertDraft draft, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Ends the open alert of a kind and key; null where none is open, or where it was so after <paramref name="unlessAfter"/>.
    /// </summary>
    Task<Alert?> ResolveAsync(
        string kind, string key, DateTimeOffset? unlessAfter, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Notes who has taken on an alert; false, and nothing changed, where somebody has or it is over.</summary>
    Task<bool> AcknowledgeAsync(
        string id, string who, string reason, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Mutes open alerts and those that are to open, in place of an earlier mute of the same.</summary>
    Task MuteAsync(AlertMute mute, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Ends a mute; open alerts that no other one covers open again. False, and nothing changed, where there is none.</summary>
    Task<bool> UnmuteAsync(string kind, string? key, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Does the same with mutes whose time is over; returns how many those were.</summary>
    Task<int> EndMutesAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Every mute, the first to end first: people make them one by one.</summary>
    Task<IReadOnlyList<AlertMute>> ReadMutesAsync(CancellationToken cancellationToken);

    /// <summary>Lists alerts: open ones, then those acknowledged, then those that are over; the newest of each first.</summary>
    Task<Page<Alert>> ListAsync(AlertFilter filter, string? cursor, int limit, CancellationToken cancellationToken);

    Task<Alert?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>How many are open, not acknowledged and not muted.</summary>
    Task<int> CountOpenAsync(CancellationToken cancellationToken);

    /// <summary>Up to so many alerts that are not over, acknowledged or not.</summary>
    Task<IReadOnlyList<Alert>> ReadUnresolvedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Up to so many alerts that opened after a number, oldest first, without muted ones.</summary>
    Task<IReadOnlyList<Alert>> ReadOpenedAfterAsync(long number, int limit, CancellationToken cancellationToken);

    /// <summary>The newest number that was given; 0 before the first.</summary>
    Task<long> ReadNewestNumberAsync(CancellationToken cancellationToken);

    /// <summary>Deletes up to so many alerts that were over before a time, but never the newest: numbers go on after it.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken);
}
