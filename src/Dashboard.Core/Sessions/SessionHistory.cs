using System.Text.Json;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Events;

namespace Dashboard.Core.Sessions;

/// <summary>Tells what happened to a session: every decision about it, and every change, each with its reason.</summary>
public sealed class SessionHistory(EventLog events, AuditLog audit, AccessControl access)
{
    private const int MostOfEach = 100;

    // The audit log says these too, and says who and why.
    private static readonly string[] SaidTwice =
        [EventKinds.LoginSucceeded, EventKinds.LoggedOut, EventKinds.SessionEnded, EventKinds.SessionProved];

    /// <summary>The newest of it, oldest first. The audit log's part only for whoever may read that.</summary>
    public async Task<IReadOnlyList<SessionMoment>> ReadAsync(Session session, Actor who, CancellationToken cancellationToken)
    {
        var happened = (await events.ListAsync(new EventFilter(Session: session.Name), null, MostOfEach, cancellationToken)).Items;
        var changed = await ReadChangesAsync(session, who, cancellationToken);
        return
        [
            .. changed.Select(record => Of(record))
                .Concat(happened.Where(item => changed is [] || !SaidTwice.Contains(item.Kind)).Select(item => Of(item, session)))
                .OrderBy(moment => moment.At),
        ];
    }

    private async Task<IReadOnlyList<AuditRecord>> ReadChangesAsync(
        Session session, Actor who, CancellationToken cancellationToken) =>
        access.Check(who, Right.ReadAudit) is null
            ? await audit.ReadNewestAsync(new AuditFilter(ObjectId: session.Name), MostOfEach, cancellationToken)
            : [];

    private static SessionMoment Of(AuditRecord record) => new(record.At, record.Entry.Action)
    {
        Outcome = record.Entry.Action is "session.fingerprint_mismatch" ? EventOutcome.Alert : EventOutcome.Succeeded,
        Code = CodeIn(record.Entry.After),
        By = record.Entry.Who.Name,
        Ip = record.Entry.Who.Ip,
        Reason = record.Entry.Reason,
    };

    private static SessionMoment Of(SecurityEvent item, Session session) => new(item.At, item.Kind)
    {
        Outcome = item.Outcome,
        Code = item.Code,
        Detail = WithoutName(item.Detail, session.Name),
        Ip = item.Origin.Ip,
        RequestId = item.Origin.RequestId,
    };

    // "Session x: its cookie …" is said on the session's own page.
    private static string? WithoutName(string? detail, string name)
    {
        var prefix = $"Session {name}: ";
        return detail?.StartsWith(prefix, StringComparison.Ordinal) is true
            ? char.ToUpperInvariant(detail[prefix.Length]) + detail[(prefix.Length + 1)..]
            : detail;
    }

    // Why it ended, what was not as it was at login, or how its person proved who they are.
    private static string? CodeIn(string? after)
    {
        if (after is null)
        {
            return null;
        }

        using var state = JsonDocument.Parse(after);
        string[] names = ["reason", "signal", "method"];
        return names.Select(name => state.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null)
            .FirstOrDefault(code => code is not null);
    }
}

/// <summary>Something that happened to a session.</summary>
/// <param name="At">When.</param>
/// <param name="Name">What: an action of the audit log, or a kind of event.</param>
public sealed record SessionMoment(DateTimeOffset At, string Name)
{
    public EventOutcome Outcome { get; init; }

    /// <summary>The stable word for why or how; null where none says it.</summary>
    public string? Code { get; init; }

    /// <summary>A sentence for people; null where the name and the code say everything.</summary>
    public string? Detail { get; init; }

    /// <summary>Who did it; null where it happened by itself.</summary>
    public string? By { get; init; }

    public string? Ip { get; init; }

    /// <summary>Why, in that person's words; null where none was asked for.</summary>
    public string? Reason { get; init; }

    /// <summary>The reference of the request; null where there was none.</summary>
    public string? RequestId { get; init; }
}
