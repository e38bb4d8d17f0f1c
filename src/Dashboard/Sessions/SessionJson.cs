using Dashboard.Core.Sessions;

namespace Dashboard.Sessions;

/// <summary>A session as the API shows it: nothing that could be used in its place.</summary>
internal sealed record SessionJson(
    string Id,
    string Kind,
    string State,
    string Operator,
    string Role,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastSeenAt,
    DateTimeOffset EndsAt,
    string? Ip,
    string? UserAgent,
    string Client,
    DateTimeOffset ProvenAt,
    string? SecondFactor,
    DateTimeOffset? SecondFactorAt,
    IReadOnlyList<string> Binding,
    bool IsCurrent,
    DateTimeOffset? EndedAt,
    string? EndReason)
{
    public static SessionJson Of(Session session, string? current, SessionDirectory directory) => new(
        session.Name,
        SessionKinds.NameOf(session.Kind),
        SessionWords.NameOf(session.EndedAt is null ? SessionState.Open : SessionState.Ended),
        session.UserName,
        session.Role,
        session.CreatedAt,
        session.LastSeenAt,
        directory.EndsAt(session),
        session.Ip,
        session.UserAgent,
        SessionWords.ClientOf(session),
        session.ProvenAt,
        session.SecondFactor?.Code,
        session.SecondFactorAt,
        SessionWords.BoundTo(session.Binding),
        session.Name == current,
        session.EndedAt,
        session.EndReason?.Code);
}

/// <summary>One session with what happened to it.</summary>
internal sealed record SessionDetailJson(SessionJson Session, IReadOnlyList<SessionMoment> History);

/// <summary>What became of one session; of a trial what would become of it.</summary>
/// <param name="Id">Which.</param>
/// <param name="Already">True where it had ended before.</param>
/// <param name="EndedAt">When; absent from a trial.</param>
/// <param name="EndReason">Why it ended, as a stable word; absent from a trial.</param>
internal sealed record SessionEndAnswer(string Id, bool Already, DateTimeOffset? EndedAt, string? EndReason);

/// <summary>How many sessions ended, or would.</summary>
internal sealed record SessionsEndAnswer(int Ended, bool DryRun);
