using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Sessions.Sqlite;

/// <summary>Reads lists of sessions, each along the one index that answers its filter.</summary>
internal sealed class SqliteSessionList(SqliteDatabase database)
{
    private const string Newest = "ORDER BY created_at DESC, session DESC";
    private const string Behind = "(created_at, session) < (@at, @name)";

    // Of ASCII, as the values are: other texts match nothing.
    private const string Begins = """
        (substr(lower(user_name), 1, @length) = @text OR substr(lower(ip), 1, @length) = @text
            OR substr(lower(session), 1, @length) = @text)
        """;

    public Page<Session> List(SessionFilter filter, PageCursor? cursor, int limit)
    {
        var (index, covered) = WayOf(filter);
        var from = $"FROM sessions INDEXED BY {index} WHERE {covered}";
        var parameters = new
        {
            operatorId = filter.OperatorId,
            kind = filter.Kind is { } kind ? SessionKinds.NameOf(kind) : null,
            at = cursor?.At.ToUnixTimeMilliseconds() ?? long.MaxValue,
            name = cursor?.Id ?? "",
            text = filter.ComparedText,
            length = filter.ComparedText?.Length,
            limit = limit + 1,
            most = ISessionStore.MostSearched,
        };
        return filter.Text is null ? Read(from, parameters, limit) : Search(from, parameters, limit);
    }

    private Page<Session> Read(string from, object parameters, int limit)
    {
        var rows = database.Query<SessionRow>(
            $"SELECT {SqliteSessionStore.Columns} {from} AND {Behind} {Newest} LIMIT @limit;", parameters);
        var total = CappedCount.Of(database.QueryFirst<long>(
            $"SELECT COUNT(*) FROM (SELECT 1 {from} LIMIT {CappedCount.Most + 1});", parameters));
        return PageOf(rows, limit, null, total);
    }

    private Page<Session> Search(string from, object parameters, int limit)
    {
        var rows = database.Query<SessionRow>(
            $"""
            SELECT {SqliteSessionStore.Columns} FROM (SELECT * {from} AND {Behind} {Newest} LIMIT @most)
            WHERE {Begins} {Newest} LIMIT @limit;
            """,
            parameters);

        // The last one that was looked at, where more are behind it.
        var last = rows.Count > limit ? null : database.QueryFirst<Key>(
            $"SELECT session AS name, created_at {from} AND {Behind} {Newest} LIMIT 1 OFFSET @most - 1;", parameters);
        var looked = database.QueryFirst<Looked>(
            $"""
            SELECT COUNT(*) AS places, COALESCE(SUM({Begins}), 0) AS matches
            FROM (SELECT user_name, ip, session {from} {Newest} LIMIT @most);
            """,
            parameters)!;
        return PageOf(rows, limit, last, new CappedCount(looked.Matches, looked.Places == ISessionStore.MostSearched));
    }

    private static Page<Session> PageOf(IReadOnlyList<SessionRow> rows, int limit, Key? last, CappedCount total)
    {
        var next = rows.Count > limit ? new Key(rows[limit - 1].Session, rows[limit - 1].CreatedAt) : last;
        return new Page<Session>(
            [.. rows.Take(limit).Select(row => row.ToSession())],
            next is null ? null : new PageCursor(DateTimeOffset.FromUnixTimeMilliseconds(next.CreatedAt), next.Name).ToString(),
            total.Value,
            total.IsCapped);
    }

    // Open sessions are few, and of the others few are open: what an index does not answer is tested row by row.
    private static (string Index, string Covered) WayOf(SessionFilter filter)
    {
        var ofOperator = filter.OperatorId is null ? "" : "operator_id = @operatorId AND ";
        var ofKind = filter.Kind is null ? "" : "kind = @kind AND ";
        return filter switch
        {
            { State: SessionState.Open, OperatorId: null } => ("sessions_open_by_time", ofKind + "ended_at IS NULL"),
            { State: SessionState.Open } => ("sessions_open_by_operator", ofOperator + ofKind + "ended_at IS NULL"),
            _ => (IndexOf(filter), ofOperator + ofKind + (filter.State is null ? "1 = 1" : "ended_at IS NOT NULL")),
        };
    }

    private static string IndexOf(SessionFilter filter) => filter switch
    {
        { OperatorId: null, Kind: null } => "sessions_by_time",
        { OperatorId: null } => "sessions_by_kind",
        { Kind: null } => "sessions_by_operator",
        _ => "sessions_by_operator_and_kind",
    };

    private sealed record Key(string Name, long CreatedAt);

    private sealed record Looked(long Places, long Matches);
}
