using Dashboard.Core.Audit;
using Dashboard.Core.Events;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions;

/// <summary>
/// Holds an operator's open sessions of a kind to their number: where one more has begun, those seen longest ago end. Each
/// start adds first and counts then, so however many begin at once, the last to count sees them all.
/// </summary>
internal sealed class SessionCeiling(ISessionStore store, SessionEnding ending, IOptions<SessionOptions> options)
{
    /// <summary>Ends what is too much beside a session that has just begun, which stays.</summary>
    public async Task KeepAsync(Session begun, RequestOrigin origin, CancellationToken cancellationToken)
    {
        var most = begun.Kind switch
        {
            SessionKind.Browser => options.Value.MostOpen,
            SessionKind.Api => options.Value.MostOpenAtApi,
            _ => throw new ArgumentOutOfRangeException(nameof(begun), begun.Kind, "No such kind."),
        };
        var open = (await store.FindOpenAsync(begun.OperatorId, cancellationToken))
            .Where(session => session.Kind == begun.Kind)
            .ToList();

        // The same order everywhere: of several that count at once, all end the same ones.
        var displaced = open
            .Where(session => session.Name != begun.Name)
            .OrderBy(session => session.LastSeenAt)
            .ThenBy(session => session.CreatedAt)
            .ThenBy(session => session.Name, StringComparer.Ordinal)
            .Take(open.Count - most);
        foreach (var session in displaced)
        {
            await ending.EndAsync(session, SessionEndReason.Displaced, Actor.Signet, origin, cancellationToken);
        }
    }
}
