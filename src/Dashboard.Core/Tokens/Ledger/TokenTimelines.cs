using Dashboard.Core.Events;

namespace Dashboard.Core.Tokens.Ledger;

/// <summary>What happened to a token at one moment.</summary>
public enum TimelineMoment
{
    Issued,
    FirstPresented,
    LastPresented,
    Refused,
    Revoked,
    Expires,
}

/// <summary>One moment in a token's life.</summary>
/// <param name="At">When; in the future for an expiry that is still to come.</param>
/// <param name="Moment">What happened.</param>
/// <param name="Detail">One sentence.</param>
/// <param name="RequestId">The failure reference of a refusal; null for everything else.</param>
public sealed record TimelineItem(DateTimeOffset At, TimelineMoment Moment, string Detail, string? RequestId = null);

/// <summary>Tells the life of a token from the ledger's row and the events that name it.</summary>
public sealed class TokenTimelines
{
    private const int MostRefusals = 50;

    private readonly EventLog _events;

    internal TokenTimelines(EventLog events) => _events = events;

    /// <summary>Everything known, oldest first; of many refusals the newest fifty.</summary>
    public async Task<IReadOnlyList<TimelineItem>> ReadAsync(LedgerEntry entry, CancellationToken cancellationToken)
    {
        var refusals = await _events.ListAsync(
            new EventFilter(entry.TokenId, EventKinds.TokenRefused), null, MostRefusals, cancellationToken);
        return
        [
            .. FromLedger(entry)
                .Concat(refusals.Items.Select(refusal => new TimelineItem(
                    refusal.At, TimelineMoment.Refused, $"{refusal.Code}: {refusal.Detail}", refusal.Origin.RequestId)))
                .OrderBy(item => item.At)
                .ThenBy(item => item.Moment),
        ];
    }

    private static IEnumerable<TimelineItem> FromLedger(LedgerEntry entry)
    {
        yield return new TimelineItem(entry.IssuedAt, TimelineMoment.Issued, $"Issued to {entry.Subject} at the request of {entry.IssuedBy}.");
        if (entry.Presented is { } presented)
        {
            yield return new TimelineItem(
                presented.First.At, TimelineMoment.FirstPresented, $"Presented for the first time ({PlaceOf(presented.First)}).");
            if (presented.Last.At > presented.First.At)
            {
                yield return new TimelineItem(
                    presented.Last.At,
                    TimelineMoment.LastPresented,
                    $"Last accepted ({PlaceOf(presented.Last)}).");
            }
        }

        if (entry.Revoked is { } revoked)
        {
            yield return new TimelineItem(revoked.At, TimelineMoment.Revoked, $"Revoked by {revoked.By}: {revoked.Reason}");
        }

        yield return new TimelineItem(entry.ExpiresAt, TimelineMoment.Expires, "Expires.");
    }

    private static string PlaceOf(Presentation shown) => shown.Ip is { } ip ? $"{shown.Where} from {ip}" : shown.Where;
}
