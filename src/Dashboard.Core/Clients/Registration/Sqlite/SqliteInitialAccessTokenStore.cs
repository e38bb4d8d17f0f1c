using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Sqlite;

namespace Dashboard.Core.Clients.Registration.Sqlite;

internal sealed class SqliteInitialAccessTokenStore(SqliteDatabase database, SqliteAuditStore audits) : IInitialAccessTokenStore
{
    private const string Columns = "id, label, hash, created_by, created_at, expires_at, uses, used, last_used_at";

    public Task<IReadOnlyList<InitialAccessToken>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InitialAccessToken>>(
        [
            .. database.Query<InitialAccessTokenRow>(
                $"SELECT {Columns} FROM initial_access_tokens ORDER BY created_at DESC, id;").Select(row => row.ToToken()),
        ]);

    public Task<InitialAccessToken?> FindAsync(byte[] hash, CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<InitialAccessTokenRow>(
            $"SELECT {Columns} FROM initial_access_tokens WHERE id = @id AND hash = @hash;",
            new { id = InitialAccessToken.IdOf(hash), hash })?.ToToken());

    public Task AddAsync(
        InitialAccessToken added, LedgerEntry ledgerRow, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = InitialAccessTokenRow.Of(added);
        return database.WriteAsync(
            write =>
            {
                write.Execute(
                    """
                    INSERT INTO initial_access_tokens (id, label, hash, created_by, created_at, expires_at, uses, used, last_used_at)
                    VALUES ($id, $label, $hash, $created_by, $created_at, $expires_at, $uses, $used, $last_used_at);
                    """,
                    ("$id", row.Id),
                    ("$label", row.Label),
                    ("$hash", row.Hash),
                    ("$created_by", row.CreatedBy),
                    ("$created_at", row.CreatedAt),
                    ("$expires_at", row.ExpiresAt),
                    ("$uses", row.Uses),
                    ("$used", row.Used),
                    ("$last_used_at", row.LastUsedAt));
                SqliteTokenLedger.Insert(write, ledgerRow);
                audits.Append(write, audit);
            },
            cancellationToken);
    }

    public Task<bool> ConsumeAsync(byte[] hash, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        write =>
        {
            var id = InitialAccessToken.IdOf(hash);
            var isUsedUp = write.Query(
                """
                UPDATE initial_access_tokens SET used = used + 1, last_used_at = $now
                WHERE id = $id AND hash = $hash AND (uses IS NULL OR used < uses) AND (expires_at IS NULL OR expires_at > $now)
                RETURNING COALESCE(used >= uses, 0);
                """,
                row => row.GetInt64(0) == 1,
                ("$id", id),
                ("$hash", hash),
                ("$now", now.ToUnixTimeMilliseconds()));
            if (isUsedUp is [true])
            {
                SqliteTokenLedger.End(write, id, now);
            }

            return isUsedUp is [_];
        },
        cancellationToken);

    public Task<bool> DeleteAsync(string id, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                var isDeleted = write.Execute("DELETE FROM initial_access_tokens WHERE id = $id;", ("$id", id)) == 1;
                if (isDeleted)
                {
                    SqliteTokenLedger.End(write, id, at);
                    audits.Append(write, audit);
                }

                return isDeleted;
            },
            cancellationToken);

    // They are few, and looked at once an hour: no index leads to those that are due.
    public Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM initial_access_tokens WHERE id IN (
                SELECT id FROM initial_access_tokens
                WHERE expires_at < $before OR (used >= uses AND last_used_at < $before)
                LIMIT $limit);
            """,
            before,
            limit,
            term,
            cancellationToken);
}
