using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Events;

/// <summary>Keeps events until their retention ends.</summary>
internal interface IEventStore
{
    /// <summary>Adds a batch and adds to the counts of refusals, all or nothing.</summary>
    Task AppendAsync(
        IReadOnlyList<SecurityEvent> events, IReadOnlyDictionary<RollupCell, long> counts, CancellationToken cancellationToken);

    /// <summary>
    /// The refusal, or the alert, stored under a failure reference, or null. What succeeded is found by nobody's reference: who
    /// may read failures may not read everything that happened.
    /// </summary>
    Task<SecurityEvent?> FindByRequestAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>Lists events without their reports, newest first.</summary>
    Task<Page<SecurityEvent>> ListAsync(EventFilter filter, string? cursor, int limit, CancellationToken cancellationToken);

    /// <summary>The newest events of one kind without their reports, newest first, without counting the others.</summary>
    Task<IReadOnlyList<SecurityEvent>> ReadNewestAsync(string kind, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes up to <paramref name="limit"/> events older than a time; returns how many went.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken);

    /// <summary>Deletes up to <paramref name="limit"/> of the oldest events beyond the newest <paramref name="most"/>.</summary>
    /// <exception cref="TermOverException">Another node leads; nothing went.</exception>
    Task<int> PurgeBeyondAsync(int most, int limit, Term term, CancellationToken cancellationToken);
}

/// <summary>Which events to list; null members do not filter.</summary>
/// <param name="TokenId">The <c>jti</c>.</param>
/// <param name="Kind">One of <see cref="EventKinds"/>.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Session">The public name of the session.</param>
/// <param name="Client">The client's id.</param>
/// <param name="Agent">The agent's id.</param>
/// <param name="Code">The stable code of a refusal.</param>
/// <param name="Address">The peer's address.</param>
/// <param name="Subject">Whoever it speaks for.</param>
/// <param name="Endpoint">The method and path.</param>
/// <param name="From">The first moment.</param>
/// <param name="Before">The first moment behind.</param>
public sealed record EventFilter(
    string? TokenId = null,
    string? Kind = null,
    EventOutcome? Outcome = null,
    string? Session = null,
    string? Client = null,
    string? Agent = null,
    string? Code = null,
    string? Address = null,
    string? Subject = null,
    string? Endpoint = null,
    DateTimeOffset? From = null,
    DateTimeOffset? Before = null);
