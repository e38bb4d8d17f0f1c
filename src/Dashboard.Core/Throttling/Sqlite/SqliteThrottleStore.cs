using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Throttling.Sqlite;

internal sealed class SqliteThrottleStore(SqliteDatabase database, SqliteAuditStore audits) : IThrottleStore
{
    public async Task<TimeSpan?> TakeAsync(
        IReadOnlyList<ThrottleUse> uses, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = now.ToUnixTimeMilliseconds();
        var wait = await database.WriteAsync(write => Take(write, uses, at), cancellationToken);
        return wait == 0 ? null : TimeSpan.FromMilliseconds(wait);
    }

    public Task GiveBackAsync(
        IReadOnlyList<byte[]> cleared, IReadOnlyList<byte[]> returned, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                Clear(write, cleared);
                foreach (var key in returned)
                {
                    write.Execute("UPDATE throttles SET failures = failures - 1 WHERE key = $key;", ("$key", key));
                    write.Execute("DELETE FROM throttles WHERE key = $key AND failures <= 0;", ("$key", key));
                }
            },
            cancellationToken);

    public Task UnlockAsync(ThrottleUnlock unlock, AuditEntry? audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                Clear(write, unlock.Cleared);
                Set(write, unlock.Mark, new Row(1, unlock.At.ToUnixTimeMilliseconds(), unlock.ExpiresAt.ToUnixTimeMilliseconds()));
                if (audit is not null)
                {
                    audits.Append(write, audit);
                }
            },
            cancellationToken);

    public Task<ThrottleState?> FindAsync(byte[] key, DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<Row>(
            "SELECT failures, last_at, expires_at FROM throttles WHERE key = @key AND expires_at > @now;",
            new { key, now = now.ToUnixTimeMilliseconds() }) is { } row
            ? new ThrottleState((int)row.Failures, DateTimeOffset.FromUnixTimeMilliseconds(row.LastAt))
            : null);

    public Task<IReadOnlyList<int>> CountAsync(
        IReadOnlyList<ThrottleCount> counts, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<int>>(
            write =>
            {
                var at = now.ToUnixTimeMilliseconds();
                List<int> totals = [.. counts.Select(count => Count(write, count, at))];
                write.Execute(
                    """
                    DELETE FROM throttles WHERE key IN (
                        SELECT key FROM throttles WHERE expires_at <= $now ORDER BY expires_at LIMIT $limit);
                    """,
                    ("$now", at),
                    ("$limit", counts.Count * 2));
                return totals;
            },
            cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM throttles WHERE key IN (
                SELECT key FROM throttles WHERE expires_at < $before ORDER BY expires_at LIMIT $limit);
            """,
            expiredBefore,
            limit,
            term,
            cancellationToken);

    private static long Take(SqliteWrite write, IReadOnlyList<ThrottleUse> uses, long now)
    {
        List<(ThrottleUse Use, Row Row)> found = [.. uses.Select(use => (use, FindCounting(write, use, now)))];
        var wait = found.Max(item => item.Use.Rule.WaitAfter(item.Row.Failures, item.Row.LastAt, now));
        foreach (var (use, row) in found)
        {
            if (wait == 0)
            {
                var failures = row.Failures + 1;
                Set(write, use.Key, new Row(failures, now, use.Rule.ExpiryAfter(failures, now)));
            }
            else if (row.LastAt > now)
            {
                // The clock was set back: the wait ends by the new time.
                Set(write, use.Key, row with { LastAt = now });
            }
        }

        return wait;
    }

    private static Row FindCounting(SqliteWrite write, ThrottleUse use, long now)
    {
        var row = Find(write, use.Key, now);
        return use.Mark is { } mark && Find(write, mark, now) is { LastAt: > 0 } unlocked
            && unlocked.LastAt <= now && row.LastAt <= unlocked.LastAt
            ? Row.None
            : row;
    }

    private static Row Find(SqliteWrite write, byte[] key, long now) =>
        write.Query(
            "SELECT failures, last_at, expires_at FROM throttles WHERE key = $key AND expires_at > $now;",
            static row => new Row(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            ("$key", key),
            ("$now", now)) is [var found] ? found : Row.None;

    private static void Set(SqliteWrite write, byte[] key, Row row) => write.Execute(
        """
        INSERT INTO throttles (key, failures, last_at, expires_at) VALUES ($key, $failures, $last_at, $expires_at)
        ON CONFLICT (key) DO UPDATE SET failures = $failures, last_at = $last_at, expires_at = $expires_at;
        """,
        ("$key", key),
        ("$failures", row.Failures),
        ("$last_at", row.LastAt),
        ("$expires_at", row.ExpiresAt));

    private static void Clear(SqliteWrite write, IReadOnlyList<byte[]> keys)
    {
        foreach (var key in keys)
        {
            write.Execute("DELETE FROM throttles WHERE key = $key;", ("$key", key));
        }
    }

    private static int Count(SqliteWrite write, ThrottleCount count, long now)
    {
        var total = Find(write, count.Key, now).Failures + count.By;
        if (count.By > 0)
        {
            Set(write, count.Key, new Row(total, now, count.ExpiresAt.ToUnixTimeMilliseconds()));
        }

        return (int)total;
    }

    private sealed record Row(long Failures, long LastAt, long ExpiresAt)
    {
        public static readonly Row None = new(0, 0, 0);
    }
}
