using Microsoft.Extensions.Options;

namespace Dashboard.Core.Sessions;

/// <summary>Decides whether a session is over by itself. Both limits are inclusive: at the limit it is over.</summary>
internal sealed class SessionLimits(IOptions<SessionOptions> options)
{
    /// <summary>Being seen more often than this is not written down.</summary>
    public static readonly TimeSpan TouchInterval = TimeSpan.FromSeconds(30);

    /// <summary>How long a session waits for a confirmation before it ends.</summary>
    public static readonly TimeSpan LongestChallenge = TimeSpan.FromMinutes(5);

    /// <summary>When a session that begins now ends at the latest.</summary>
    public DateTimeOffset EndOf(DateTimeOffset now) => now + options.Value.AbsoluteLimit;

    /// <summary>When it ends if nobody does anything more.</summary>
    public DateTimeOffset EndsAt(Session session) =>
        IdleEnd(session) is { } idle && idle < session.EndsAt ? idle : session.EndsAt;

    /// <summary>Why it is over at that time; null while it is not.</summary>
    public SessionEndReason? Check(Session session, DateTimeOffset now) => session switch
    {
        _ when now >= session.EndsAt => SessionEndReason.Expired,
        { ChallengedAt: { } since } when now - since >= LongestChallenge => SessionEndReason.ConfirmationNeeded,
        _ when IdleEnd(session) is { } idle && now >= idle => SessionEndReason.Idle,
        _ => null,
    };

    /// <summary>True where being seen now is worth a write.</summary>
    public static bool NeedsTouch(Session session, DateTimeOffset now) => now - session.LastSeenAt >= TouchInterval;

    private DateTimeOffset? IdleEnd(Session session) => session.Kind switch
    {
        SessionKind.Browser => session.LastSeenAt + options.Value.IdleLimit,
        SessionKind.Api => null,
        _ => throw new ArgumentOutOfRangeException(nameof(session), session.Kind, "No such kind."),
    };
}
