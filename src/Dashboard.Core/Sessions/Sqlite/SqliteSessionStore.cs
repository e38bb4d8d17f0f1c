using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Sessions.Sqlite;

internal sealed class SqliteSessionStore(SqliteDatabase database, SqliteAuditStore audits) : ISessionStore
{
    public const string Columns = """
        session, kind, operator_id, user_name, role, operator_stamp, created_at, last_seen_at, ends_at, ip,
            user_agent, binding, ended_at, ended_reason, proven_at, second_factor, second_factor_at, challenge, challenged_at
        """;

    private const string Select = $"SELECT {Columns} FROM sessions";

    private readonly SqliteSessionList _list = new(database);

    public Task AddAsync(Session session, byte[]? secretHash, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                Insert(write, session, secretHash);
                audits.Append(write, audit);
            },
            cancellationToken);

    public Task<Session?> FindBySecretAsync(byte[] secretHash, CancellationToken cancellationToken) =>
        Task.FromResult(
            database.QueryFirst<SessionRow>($"{Select} WHERE secret_hash = @secretHash;", new { secretHash })?.ToSession());

    public Task<Session?> FindAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<SessionRow>($"{Select} WHERE session = @name;", new { name })?.ToSession());

    public Task<IReadOnlyList<Session>> FindOpenAsync(string operatorId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Session>>(
        [
            .. database.Query<SessionRow>(
                $"""
                {Select} INDEXED BY sessions_open_by_operator
                WHERE operator_id = @operatorId AND ended_at IS NULL ORDER BY created_at DESC, session DESC;
                """,
                new { operatorId }).Select(row => row.ToSession()),
        ]);

    public Task<Page<Session>> ListAsync(
        SessionFilter filter, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(_list.List(filter, PageCursor.Parse(cursor), limit));

    public Task<IReadOnlyList<Session>> FindOverdueAsync(
        DateTimeOffset now, DateTimeOffset idleSince, int limit, CancellationToken cancellationToken)
    {
        var rows = database.Query<SessionRow>(
            $"""
            {Select}
            WHERE ended_at IS NULL AND (ends_at <= @now OR (kind = 'browser' AND last_seen_at <= @idleSince))
            LIMIT @limit;
            """,
            new { now = now.ToUnixTimeMilliseconds(), idleSince = idleSince.ToUnixTimeMilliseconds(), limit });
        return Task.FromResult<IReadOnlyList<Session>>([.. rows.Select(row => row.ToSession())]);
    }

    public Task TouchAsync(string name, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => write.Execute(
                """
                UPDATE sessions SET last_seen_at = $at
                WHERE session = $session AND ended_at IS NULL AND last_seen_at < $at;
                """,
                ("$session", name),
                ("$at", at.ToUnixTimeMilliseconds())),
            cancellationToken);

    public Task<bool> RebindAsync(
        string name, SessionBinding binding, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => Audited(write, audit, write.Execute(
                "UPDATE sessions SET binding = $binding WHERE session = $session AND ended_at IS NULL;",
                ("$session", name),
                ("$binding", binding.ToJson()))),
            cancellationToken);

    public Task<bool> ChallengeAsync(
        string name, BindingSignal signal, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => Audited(write, audit, write.Execute(
                """
                UPDATE sessions SET challenge = $challenge, challenged_at = $at
                WHERE session = $session AND ended_at IS NULL AND challenge IS NULL;
                """,
                ("$session", name),
                ("$challenge", signal.ToString()),
                ("$at", at.ToUnixTimeMilliseconds()))),
            cancellationToken);

    public Task<bool> RenewAsync(SessionRenewal renewal, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => Audited(write, audit, write.Execute(
                """
                UPDATE sessions
                SET secret_hash = $secret_hash, binding = $binding, proven_at = $proven_at, challenge = NULL, challenged_at = NULL,
                    second_factor = coalesce($second_factor, second_factor),
                    second_factor_at = CASE WHEN $second_factor IS NULL THEN second_factor_at ELSE $proven_at END
                WHERE session = $session AND ended_at IS NULL;
                """,
                ("$session", renewal.Name),
                ("$secret_hash", renewal.SecretHash),
                ("$binding", renewal.Binding.ToJson()),
                ("$proven_at", renewal.ProvenAt.ToUnixTimeMilliseconds()),
                ("$second_factor", renewal.SecondFactor?.Code))),
            cancellationToken);

    public Task<bool> EndAsync(SessionEnd end, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => Audited(write, audit, write.Execute(
                """
                UPDATE sessions SET ended_at = $at, ended_reason = $reason
                WHERE session = $session AND ended_at IS NULL AND ($last_seen_by IS NULL OR last_seen_at <= $last_seen_by);
                """,
                ("$session", end.Name),
                ("$at", end.At.ToUnixTimeMilliseconds()),
                ("$reason", end.Reason.Code),
                ("$last_seen_by", end.LastSeenBy?.ToUnixTimeMilliseconds()))),
            cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset endedBefore, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM sessions WHERE session IN (
                SELECT session FROM sessions WHERE ended_at < $before ORDER BY ended_at LIMIT $limit);
            """,
            endedBefore,
            limit,
            term,
            cancellationToken);

    // A change and its entry commit together; no change, no entry.
    private bool Audited(SqliteWrite write, AuditEntry audit, int changed)
    {
        if (changed == 1)
        {
            audits.Append(write, audit);
        }

        return changed == 1;
    }

    private static void Insert(SqliteWrite write, Session session, byte[]? secretHash) => write.Execute(
        """
        INSERT INTO sessions (session, secret_hash, kind, operator_id, user_name, role, operator_stamp, created_at,
            last_seen_at, ends_at, ip, user_agent, binding, proven_at, second_factor, second_factor_at)
        VALUES ($session, $secret_hash, $kind, $operator_id, $user_name, $role, $operator_stamp, $created_at,
            $last_seen_at, $ends_at, $ip, $user_agent, $binding, $proven_at, $second_factor, $second_factor_at);
        """,
        ("$session", session.Name),
        ("$secret_hash", secretHash),
        ("$kind", SessionKinds.NameOf(session.Kind)),
        ("$operator_id", session.OperatorId),
        ("$user_name", session.UserName),
        ("$role", session.Role),
        ("$operator_stamp", session.OperatorStamp),
        ("$created_at", session.CreatedAt.ToUnixTimeMilliseconds()),
        ("$last_seen_at", session.LastSeenAt.ToUnixTimeMilliseconds()),
        ("$ends_at", session.EndsAt.ToUnixTimeMilliseconds()),
        ("$ip", session.Ip),
        ("$user_agent", session.UserAgent),
        ("$binding", session.Binding.ToJson()),
        ("$proven_at", session.ProvenAt.ToUnixTimeMilliseconds()),
        ("$second_factor", session.SecondFactor?.Code),
        ("$second_factor_at", session.SecondFactorAt?.ToUnixTimeMilliseconds()));
}
