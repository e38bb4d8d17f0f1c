using System.Globalization;
using System.Text;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Audit.Sqlite;

/// <summary>
/// The audit log in SQLite. Other features' adapters call <see cref="Append"/> inside their own unit of work: the one
/// place where an adapter knows another feature's, because a change and its entry must commit together.
/// </summary>
internal sealed class SqliteAuditStore(SqliteDatabase database, AuditChain chain, TimeProvider clock) : IAuditStore
{
    private const string Columns =
        "number, at, who, role, ip, session, action, object_kind, object_id, reason, before, after, previous_hash, hash";

    /// <summary>Adds an entry within a unit of work that changes something.</summary>
    public AuditRecord Append(SqliteWrite write, AuditEntry entry)
    {
        var head = write.Query(
            "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1;",
            row => new AuditHead(row.GetInt64(0), (byte[])row.GetValue(1))) is [var newest]
            ? newest
            : new AuditHead(0, AuditChain.Start);
        var at = clock.GetUtcNow().CutToMilliseconds();
        var number = head.Number + 1;
        var record = new AuditRecord(number, at, entry, head.Hash, chain.Hash(head.Hash, number, at, entry));
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

    public Task<AuditRecord> AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        database.WriteAsync(write => Append(write, entry), cancellationToken);

    public Task<Page<AuditRecord>> ListAsync(
        AuditFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var where = new StringBuilder("WHERE number < @before");
        Add(where, filter.Operator is not null, "who = @who");
        Add(where, filter.Action is not null, "action = @action");
        Add(where, filter.ObjectId is not null, "object_id = @objectId");
        var rows = database.Query<Row>(
            $"SELECT {Columns} FROM audit {where} ORDER BY number DESC LIMIT @limit;",
            new
            {
                before = long.TryParse(cursor, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue,
                who = filter.Operator,
                action = filter.Action,
                objectId = filter.ObjectId,
                limit = limit + 1,
            });
        AuditRecord[] items = [.. rows.Take(limit).Select(row => row.ToRecord())];
        var total = Count(filter);
        return Task.FromResult(new Page<AuditRecord>(
            items,
            rows.Count > limit ? items[^1].Number.ToString(CultureInfo.InvariantCulture) : null,
            Math.Min(total, 10_000),
            total > 10_000));
    }

    public Task<IReadOnlyList<AuditRecord>> ReadAsync(long firstNumber, int limit, CancellationToken cancellationToken)
    {
        var rows = database.Query<Row>(
            $"SELECT {Columns} FROM audit WHERE number >= @firstNumber ORDER BY number LIMIT @limit;",
            new { firstNumber, limit });
        return Task.FromResult<IReadOnlyList<AuditRecord>>([.. rows.Select(row => row.ToRecord())]);
    }

    public Task<AuditRecord?> FindNewestAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<Row>($"SELECT {Columns} FROM audit ORDER BY number DESC LIMIT 1;")?.ToRecord());

    private long Count(AuditFilter filter) => database.QueryFirst<long>(
        """
        SELECT COUNT(*) FROM (SELECT 1 FROM audit
            WHERE (@Operator IS NULL OR who = @Operator)
                AND (@Action IS NULL OR action = @Action)
                AND (@ObjectId IS NULL OR object_id = @ObjectId)
            LIMIT 10001);
        """,
        filter);

    private static void Add(StringBuilder where, bool applies, string condition)
    {
        if (applies)
        {
            where.Append(" AND ").Append(condition);
        }
    }

    private sealed record Row(
        long Number,
        long At,
        string Who,
        string? Role,
        string? Ip,
        string? Session,
        string Action,
        string ObjectKind,
        string ObjectId,
        string? Reason,
        string? Before,
        string? After,
        byte[] PreviousHash,
        byte[] Hash)
    {
        public AuditRecord ToRecord() => new(
            Number,
            DateTimeOffset.FromUnixTimeMilliseconds(At),
            new AuditEntry(new Actor(Who, Role, Ip, Session), Action, ObjectKind, ObjectId, Reason, Before, After),
            PreviousHash,
            Hash);
    }
}
