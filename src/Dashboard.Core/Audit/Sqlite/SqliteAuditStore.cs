using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Audit.Sqlite;

/// <summary>
/// The audit log in SQLite. Other features' adapters call <see cref="ChangeAsync"/>, or <see cref="Append"/> inside their
/// own unit of work: the one place where an adapter knows another feature's, because a change and its entry must commit together.
/// </summary>
internal sealed class SqliteAuditStore(SqliteDatabase database, AuditChain chain, TimeProvider clock) : IAuditStore
{
    private const string Columns =
        "number, at, who, role, ip, session, action, object_kind, object_id, reason, before, after, previous_hash, hash";

    /// <summary>Adds an entry within a unit of work that changes something.</summary>
    public AuditRecord Append(SqliteWrite write, AuditEntry made)
    {
        var record = chain.Follow(TailOf(write), made, clock.GetUtcNow());
        var (number, at, entry, _, _) = record;
        write.Execute(
            """
            INSERT INTO audit (number, at, who, role, ip, session, action, object_kind, object_id, reason, before, after,
                previous_hash, hash)
            VALUES ($number, $at, $who, $role, $ip, $session, $action, $object_kind, $object_id, $reason, $before, $after,
                $previous_hash, $hash);
            """,
            ("$number", number),
            ("$at", at.ToUnixTimeMilliseconds()),
            ("$who", entry.Who.Name),
            ("$role", entry.Who.Role),
            ("$ip", entry.Who.Ip),
            ("$session", entry.Who.Session),
            ("$action", entry.Action),
            ("$object_kind", entry.ObjectKind),
            ("$object_id", entry.ObjectId),
            ("$reason", entry.Reason),
            ("$before", entry.Before),
            ("$after", entry.After),
            ("$previous_hash", record.PreviousHash),
            ("$hash", record.Hash));
        return record;
    }

    /// <summary>Changes something and adds its entry, in one unit of work; no entry where nothing changed.</summary>
    /// <param name="change">True where it changed something.</param>
    /// <param name="audit">What the log is to say of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<bool> ChangeAsync(Func<SqliteWrite, bool> change, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                var isChanged = change(write);
                if (isChanged)
                {
                    Append(write, audit);
                }

                return isChanged;
            },
            cancellationToken);

    public Task<AuditRecord> AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        database.WriteAsync(write => Append(write, entry), cancellationToken);

    public Task<IReadOnlyList<AuditRecord>> FindAsync(
        AuditWay? way, AuditRange range, int limit, CancellationToken cancellationToken) => Task.FromResult(
        Read(
            $"SELECT {Columns} FROM {OnWay(way)} ORDER BY number DESC LIMIT @limit;",
            new { value = way?.Value, first = range.First, before = range.Before, limit }));

    public Task<long> CountAsync(AuditWay? way, AuditRange range, int most, CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<long>(
            $"SELECT COUNT(*) FROM (SELECT 1 FROM {OnWay(way)} LIMIT @most);",
            new { value = way?.Value, first = range.First, before = range.Before, most }));

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(long firstNumber, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(Read(
            $"SELECT {Columns} FROM audit WHERE number >= @firstNumber ORDER BY number LIMIT @limit;", new { firstNumber, limit }));

    public Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<SqliteAuditRow>($"SELECT {Columns} FROM audit ORDER BY number DESC LIMIT 1;")?.ToRecord());

    public Task<AuditHead> ReadHeadAsync(CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<HeadRow>("SELECT number, hash FROM audit_head;") is { } head
            ? new AuditHead(head.Number, SqliteAuditRow.BytesOf(head.Hash))
            : new AuditHead(0, AuditChain.Start));

    public Task<AuditTerms> ReadTermsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new AuditTerms(ReadTerms("action"), ReadTerms("object_kind")));

    private IReadOnlyList<AuditRecord> Read(string sql, object parameters) =>
        [.. database.Query<SqliteAuditRow>(sql, parameters).Select(row => row.ToRecord())];

    // From one value to the next by the index, which takes as many steps as there are values, whatever the number of entries.
    private IReadOnlyList<string> ReadTerms(string column) => database.Query<string>(
        $"""
        WITH RECURSIVE terms (term) AS (
            SELECT MIN({column}) FROM audit
            UNION ALL
            SELECT (SELECT MIN({column}) FROM audit WHERE {column} > term) FROM terms WHERE term IS NOT NULL)
        SELECT term FROM terms WHERE term IS NOT NULL;
        """);

    private static string OnWay(AuditWay? way)
    {
        var (index, condition) = way?.Member switch
        {
            null => ("NOT INDEXED", ""),
            AuditMember.Operator => ("INDEXED BY audit_by_who", "who = @value AND"),
            AuditMember.Action => ("INDEXED BY audit_by_action", "action = @value AND"),
            AuditMember.ObjectKind => ("INDEXED BY audit_by_kind", "object_kind = @value AND"),
            AuditMember.ObjectId => ("INDEXED BY audit_by_object", "object_id = @value AND"),
            var other => throw new ArgumentOutOfRangeException(nameof(way), other, "No such member."),
        };
        return $"audit {index} WHERE {condition} number >= @first AND number < @before";
    }

    // Of the head, which stays where it was when somebody deletes the newest entries: what is missing is then seen for ever.
    private static AuditTail TailOf(SqliteWrite write) =>
        TailIn(write, "SELECT number, at, hash FROM audit_head;")
        ?? TailIn(write, "SELECT number, at, hash FROM audit ORDER BY number DESC LIMIT 1;")
        ?? AuditTail.Empty;

    private static AuditTail? TailIn(SqliteWrite write, string sql) => write.Query(
        sql,
        row => new AuditTail(
            row.GetInt64(0), SqliteAuditRow.TimeOf(row.GetValue(1)), SqliteAuditRow.BytesOf(row.GetValue(2)))) is [var tail]
        ? tail
        : null;

    private sealed class HeadRow
    {
        public long Number { get; init; }

        public object? Hash { get; init; }
    }
}
