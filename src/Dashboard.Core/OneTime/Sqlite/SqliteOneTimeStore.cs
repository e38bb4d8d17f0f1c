using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.OneTime.Sqlite;

internal sealed class SqliteOneTimeStore(SqliteDatabase database) : IOneTimeStore
{
    public Task<bool> UseAsync(byte[] hash, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => write.Execute(
                "INSERT INTO used_once (hash, expires_at) VALUES ($hash, $expires_at) ON CONFLICT (hash) DO NOTHING;",
                ("$hash", hash),
                ("$expires_at", expiresAt.ToUnixTimeMilliseconds())) == 1,
            cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM used_once WHERE hash IN (
                SELECT hash FROM used_once WHERE expires_at < $before ORDER BY expires_at LIMIT $limit);
            """,
            expiredBefore,
            limit,
            term,
            cancellationToken);
}
