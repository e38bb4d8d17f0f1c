using Dashboard.Core.Events.Rollups;
using Dashboard.Core.Events.Rollups.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Events.Sqlite;

internal sealed class SqliteEventStore(SqliteDatabase database) : IEventStore
{
    private const string Columns =
        "number, at, kind, outcome, code, subject, client, token_id, session, ip, user_agent, endpoint, request_id, detail, agent";

    private const string Matching = """
        (@TokenId IS NULL OR token_id = @TokenId)
            AND (@Kind IS NULL OR kind = @Kind)
            AND (@Outcome IS NULL OR outcome = @Outcome)
            AND (@Session IS NULL OR session = @Session)
            AND (@Client IS NULL OR client = @Client)
            AND (@Agent IS NULL OR agent = @Agent)
            AND (@Code IS NULL OR code = @Code)
            AND (@Address IS NULL OR ip = @Address)
            AND (@Subject IS NULL OR subject = @Subject)
            AND (@Endpoint IS NULL OR endpoint = @Endpoint)
            AND (@from IS NULL OR at >= @from)
            AND (@until IS NULL OR at < @until)
        """;

    public Task AppendAsync(
        IReadOnlyList<SecurityEvent> events, IReadOnlyDictionary<RollupCell, long> counts, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                foreach (var item in events)
                {
                    Insert(write, EventRow.From(item));
                }

                SqliteRollupStore.Add(write, counts);
            },
            cancellationToken);

    public Task<SecurityEvent?> FindByRequestAsync(string requestId, CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<EventRow>(
            $"""
            SELECT {Columns}, report FROM events WHERE request_id = @requestId AND outcome <> @succeeded
            ORDER BY report IS NULL, number DESC LIMIT 1;
            """,
            new { requestId, succeeded = EventRow.NameOf(EventOutcome.Succeeded) })?.ToEvent());

    public Task<Page<SecurityEvent>> ListAsync(
        EventFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var (index, way) = WayOf(filter);
        var (first, last) = FindRange(filter);
        var parameters = new
        {
            filter.TokenId,
            filter.Kind,
            filter.Session,
            filter.Client,
            filter.Agent,
            filter.Code,
            filter.Address,
            filter.Subject,
            filter.Endpoint,
            Outcome = filter.Outcome is { } outcome ? EventRow.NameOf(outcome) : null,
            from = filter.From?.ToUnixTimeMilliseconds(),
            until = filter.Before?.ToUnixTimeMilliseconds(),
            first,
            last,
            before = PageCursor.Parse(cursor)?.Number ?? long.MaxValue,
            limit = limit + 1,
        };
        var rows = database.Query<EventRow>(
            $"""
            SELECT {Columns}, NULL AS report FROM events {index}
            WHERE {way} number < @before AND number BETWEEN @first AND @last AND {Matching} ORDER BY number DESC LIMIT @limit;
            """,
            parameters);
        var total = database.QueryFirst<long>(
            $"""
            SELECT COUNT(*) FROM (
                SELECT 1 FROM events {index} WHERE {way} number BETWEEN @first AND @last AND {Matching} LIMIT 10001);
            """,
            parameters);
        SecurityEvent[] items = [.. rows.Take(limit).Select(row => row.ToEvent())];
        return Task.FromResult(new Page<SecurityEvent>(
            items,
            rows.Count > limit ? PageCursor.OfNumber(items[^1].Number).ToString() : null,
            Math.Min(total, 10_000),
            total > 10_000));
    }

    public Task<IReadOnlyList<SecurityEvent>> ReadNewestAsync(string kind, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<SecurityEvent>>(
        [
            .. database.Query<EventRow>(
                $"""
                SELECT {Columns}, NULL AS report FROM events WHERE kind = @kind ORDER BY at DESC, number DESC LIMIT @limit;
                """,
                new { kind, limit }).Select(row => row.ToEvent()),
        ]);

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            "DELETE FROM events WHERE number IN (SELECT number FROM events WHERE at < $before ORDER BY at LIMIT $limit);",
            before,
            limit,
            term,
            cancellationToken);

    // Numbers have no gaps but at the old end, where something was purged before.
    public Task<int> PurgeBeyondAsync(int most, int limit, Term term, CancellationToken cancellationToken) =>
        database.WriteAsync(
            term,
            write => write.Execute(
                """
                DELETE FROM events WHERE number IN (
                    SELECT number FROM events WHERE number <= (SELECT MAX(number) FROM events) - $most
                    ORDER BY number LIMIT $limit);
                """,
                ("$most", most),
                ("$limit", limit)),
            cancellationToken);

    // What a filter names has an index of its own, the narrowest is taken; without, the rows lie in the right order already.
    private static (string Index, string Way) WayOf(EventFilter filter) => filter switch
    {
        { TokenId: not null } => ("INDEXED BY events_by_token", "token_id = @TokenId AND"),
        { Session: not null } => ("INDEXED BY events_by_session", "session = @Session AND"),
        { Agent: not null } => ("INDEXED BY events_by_agent", "agent = @Agent AND"),
        { Subject: not null } => ("INDEXED BY events_by_subject", "subject = @Subject AND"),
        { Address: not null } => ("INDEXED BY events_by_address", "ip = @Address AND"),
        { Client: not null } => ("INDEXED BY events_by_client", "client = @Client AND"),
        { Code: not null } => ("INDEXED BY events_by_code", "code = @Code AND"),
        { Endpoint: not null } => ("INDEXED BY events_by_endpoint", "endpoint = @Endpoint AND"),
        { Outcome: not null, Kind: null } => ("INDEXED BY events_by_outcome", "outcome = @Outcome AND"),
        _ => ("NOT INDEXED", ""),
    };

    // Numbers grow with time, but for what waited in another queue meanwhile: the edges are wide, and each event is asked for
    // its time.
    private (long First, long Last) FindRange(EventFilter filter)
    {
        var first = filter.From is null ? null : database.QueryFirst<long?>(
            "SELECT number FROM events WHERE at >= @from ORDER BY at LIMIT 1;", new { from = filter.From?.ToUnixTimeMilliseconds() });
        var last = filter.Before is null ? null : database.QueryFirst<long?>(
            "SELECT number FROM events WHERE at < @until ORDER BY at DESC LIMIT 1;", new { until = filter.Before?.ToUnixTimeMilliseconds() });
        return (
            filter.From is null ? 0 : first - EventLog.QueueLength ?? long.MaxValue,
            filter.Before is null ? long.MaxValue : last + EventLog.QueueLength ?? 0);
    }

    private static void Insert(SqliteWrite write, EventRow row) => write.Execute(
        """
        INSERT INTO events (at, kind, outcome, code, subject, client, token_id, session, ip, user_agent, endpoint, request_id,
            detail, report, agent)
        VALUES ($at, $kind, $outcome, $code, $subject, $client, $token_id, $session, $ip, $user_agent, $endpoint, $request_id,
            $detail, $report, $agent);
        """,
        ("$at", row.At),
        ("$kind", row.Kind),
        ("$outcome", row.Outcome),
        ("$code", row.Code),
        ("$subject", row.Subject),
        ("$client", row.Client),
        ("$token_id", row.TokenId),
        ("$session", row.Session),
        ("$ip", row.Ip),
        ("$user_agent", row.UserAgent),
        ("$endpoint", row.Endpoint),
        ("$request_id", row.RequestId),
        ("$detail", row.Detail),
        ("$report", row.Report),
        ("$agent", row.Agent));
}
