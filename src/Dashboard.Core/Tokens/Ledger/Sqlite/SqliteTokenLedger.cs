using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Tokens.Ledger.Sqlite;

internal sealed class SqliteTokenLedger(SqliteDatabase database, SqliteAuditStore audits) : ITokenLedger
{
    private const int MostToCount = 10_000;

    // Rows that must be read to be counted cost ten times as much as entries of an index.
    private const int MostToTest = 2_000;

    public Task AddAsync(LedgerEntry entry, AuditEntry? audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                Insert(write, entry);
                if (audit is not null)
                {
                    audits.Append(write, audit);
                }
            },
            cancellationToken);

    public Task<LedgerEntry?> FindAsync(string tokenId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT {LedgerRow.Columns} FROM ledger WHERE token_id = $token_id;";
            command.Parameters.AddWithValue("$token_id", tokenId);
            using var reader = command.ExecuteReader();
            return reader.Read() ? LedgerRow.Read(reader) : null;
        }));

    public Task<Page<LedgerEntry>> ListAsync(
        LedgerFilter filter, DateTimeOffset now, string? cursor, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            var query = new LedgerQuery(connection, filter, now);
            var rows = query.Read(PageCursor.Parse(cursor), limit + 1);
            var (total, isCapped) = query.Count(query.FollowsOneIndex ? MostToCount : MostToTest);
            return new Page<LedgerEntry>(
                [.. rows.Take(limit)],
                rows.Count > limit ? new PageCursor(rows[limit - 1].IssuedAt, rows[limit - 1].TokenId).ToString() : null,
                total,
                isCapped);
        }));

    public Task<IReadOnlyList<LedgerEntry>> ReadAsync(
        LedgerFilter filter, DateTimeOffset now, PageCursor? after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LedgerEntry>>(
            database.Read(connection => new LedgerQuery(connection, filter, now).Read(after, limit)));

    public Task<LedgerCounts> CountAsync(DateTimeOffset now, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection => LedgerNumbers.Count(connection, now, since)));

    public Task RecordPresentationsAsync(
        IReadOnlyCollection<TokenPresentation> presentations, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                foreach (var presentation in presentations)
                {
                    Record(write, presentation);
                }
            },
            cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM ledger WHERE rowid IN (
                SELECT rowid FROM ledger WHERE expires_at < $before ORDER BY expires_at LIMIT $limit);
            """,
            expiredBefore,
            limit,
            term,
            cancellationToken);

    public Task<KeyUsage> ReadUsageAsync(string keyId, DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(connection =>
        {
            var live = new LedgerQuery(connection, new LedgerFilter { KeyId = keyId, Status = TokenStatus.Live }, now);
            var (tokens, clients, _, _) = live.Sum(MostToCount);
            using var command = connection.CreateCommand();
            command.CommandText = """
                SELECT (SELECT MAX(expires_at) FROM ledger WHERE key_id = $key_id),
                    (SELECT MAX(issued_at) FROM ledger WHERE key_id = $key_id);
                """;
            command.Parameters.AddWithValue("$key_id", keyId);
            using var reader = command.ExecuteReader();
            reader.Read();
            return new KeyUsage(
                tokens,
                clients.Count,
                tokens == MostToCount,
                reader.IsDBNull(0) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(0)),
                reader.IsDBNull(1) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(1)));
        }));

    private static void Record(SqliteWrite write, TokenPresentation presentation) => write.Execute(
        """
        UPDATE ledger SET last_presented_at = $at, last_presented_ip = $ip, last_presented_agent = $agent,
            last_presented_to = $to, first_presented_at = COALESCE(first_presented_at, $at),
            first_presented_ip = IIF(first_presented_at IS NULL, $ip, first_presented_ip),
            first_presented_agent = IIF(first_presented_at IS NULL, $agent, first_presented_agent),
            first_presented_to = COALESCE(first_presented_to, $to)
        WHERE token_id = $token_id AND COALESCE(last_presented_at, 0) <= $at;
        """,
        ("$at", presentation.At.ToUnixTimeMilliseconds()),
        ("$ip", presentation.Ip),
        ("$agent", presentation.UserAgent),
        ("$to", presentation.Where),
        ("$token_id", presentation.TokenId));

    /// <summary>Ends the life of what was good once and was used: it shows as expired from then on.</summary>
    public static void End(SqliteWrite write, string tokenId, DateTimeOffset at) => write.Execute(
        "UPDATE ledger SET expires_at = $at WHERE token_id = $token_id AND expires_at > $at;",
        ("$at", at.ToUnixTimeMilliseconds()),
        ("$token_id", tokenId));

    /// <summary>The ledger's part of a change.</summary>
    public static void Apply(SqliteWrite write, LedgerChange change)
    {
        if (change.EndedId is { } ended)
        {
            End(write, ended, change.At);
        }

        if (change.Added is { } added)
        {
            Insert(write, added);
        }
    }

    /// <summary>Adds a row within a change of something that its token comes of.</summary>
    public static void Insert(SqliteWrite write, LedgerEntry entry) => write.Execute(
        """
        INSERT INTO ledger (token_id, kind, subject, client, session, family, granted_at, scope, audience, key_id, issued_at,
            expires_at, issued_by, claims, defect, revoked_at, revoked_by, revoked_reason)
        VALUES ($token_id, $kind, $subject, $client, $session, $family, $granted_at, $scope, $audience, $key_id, $issued_at,
            $expires_at, $issued_by, $claims, $defect, $revoked_at, $revoked_by, $revoked_reason);
        """,
        ("$token_id", entry.TokenId),
        ("$kind", entry.Kind.Name),
        ("$subject", entry.Subject),
        ("$client", entry.Client),
        ("$session", entry.Session),
        ("$family", entry.Family),
        ("$granted_at", entry.GrantedAt?.ToUnixTimeMilliseconds()),
        ("$scope", entry.Scope),
        ("$audience", entry.Audience),
        ("$key_id", entry.KeyId),
        ("$issued_at", entry.IssuedAt.ToUnixTimeMilliseconds()),
        ("$expires_at", entry.ExpiresAt.ToUnixTimeMilliseconds()),
        ("$issued_by", entry.IssuedBy),
        ("$claims", entry.Claims),
        ("$defect", entry.Defect),
        ("$revoked_at", entry.Revoked?.At.ToUnixTimeMilliseconds()),
        ("$revoked_by", entry.Revoked?.By),
        ("$revoked_reason", entry.Revoked?.Reason));
}
