using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Idempotency.Sqlite;

internal sealed class SqliteIdempotencyStore(SqliteDatabase database) : IIdempotencyStore
{
    public Task<RememberedRequest?> BeginAsync(
        RememberedRequest request, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => write.Execute(
                """
                INSERT INTO idempotency (id, request_hash, attempt, expires_at)
                VALUES ($id, $request_hash, $attempt, $expires_at)
                ON CONFLICT (id) DO UPDATE SET
                    request_hash = $request_hash, attempt = $attempt, made_id = NULL, expires_at = $expires_at
                WHERE expires_at <= $now;
                """,
                ("$id", request.Id),
                ("$request_hash", request.RequestHash),
                ("$attempt", request.Attempt),
                ("$expires_at", request.ExpiresAt.ToUnixTimeMilliseconds()),
                ("$now", now.ToUnixTimeMilliseconds())) == 1
                    ? null
                    : write.Query(
                        "SELECT id, request_hash, attempt, made_id, expires_at FROM idempotency WHERE id = $id;",
                        Read,
                        ("$id", request.Id)).Single(),
            cancellationToken);

    public Task CompleteAsync(
        string id, string attempt, string madeId, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => write.Execute(
                "UPDATE idempotency SET made_id = $made_id, expires_at = $expires_at WHERE id = $id AND attempt = $attempt;",
                ("$id", id),
                ("$attempt", attempt),
                ("$made_id", madeId),
                ("$expires_at", expiresAt.ToUnixTimeMilliseconds())),
            cancellationToken);

    public Task ReleaseAsync(string id, string attempt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => write.Execute(
                "DELETE FROM idempotency WHERE id = $id AND attempt = $attempt;", ("$id", id), ("$attempt", attempt)),
            cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM idempotency WHERE id IN (
                SELECT id FROM idempotency WHERE expires_at < $before ORDER BY expires_at LIMIT $limit);
            """,
            expiredBefore,
            limit,
            term,
            cancellationToken);

    private static RememberedRequest Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetFieldValue<byte[]>(1),
        row.GetString(2),
        row.IsDBNull(3) ? null : row.GetString(3),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)));
}
