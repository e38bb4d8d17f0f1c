using Dapper;
using Dashboard.Core.Primitives;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Tokens.Ledger.Sqlite;

/// <summary>Counts along one index each, and stops at the cap.</summary>
internal static class LedgerNumbers
{
    public static LedgerCounts Count(SqliteConnection connection, DateTimeOffset now, DateTimeOffset since) => new(
        CountLive(connection, now),
        CountUpTo(connection, "issued_at >= $from", since),
        CountUpTo(connection, "revoked_at >= $from", since));

    // Two ranges of two indexes instead of one walk past every revoked row: what has not expired, less what of it was revoked.
    private static CappedCount CountLive(SqliteConnection connection, DateTimeOffset now)
    {
        var unexpired = CountRows(connection, "expires_at > $from", now);
        var revoked = CountRows(connection, "expires_at > $from AND revoked_at IS NOT NULL", now);
        return unexpired <= CappedCount.Most
            ? new CappedCount(unexpired - revoked, false)
            : CountNewest(connection, now);
    }

    // More than can be counted: the newest rows say at least how many, out of the index alone.
    private static CappedCount CountNewest(SqliteConnection connection, DateTimeOffset now)
    {
        var live = connection.ExecuteScalar<long>(
            """
            SELECT COALESCE(SUM(live), 0) FROM (
                SELECT revoked_at IS NULL AND expires_at > $now AS live FROM ledger INDEXED BY ledger_by_time
                ORDER BY issued_at DESC, token_id DESC LIMIT $most);
            """,
            new { now = now.ToUnixTimeMilliseconds(), most = 2 * CappedCount.Most });
        return new CappedCount(Math.Min(live, CappedCount.Most), true);
    }

    private static CappedCount CountUpTo(SqliteConnection connection, string condition, DateTimeOffset from) =>
        CappedCount.Of(CountRows(connection, condition, from));

    private static long CountRows(SqliteConnection connection, string condition, DateTimeOffset from) =>
        connection.ExecuteScalar<long>(
            $"SELECT COUNT(*) FROM (SELECT 1 FROM ledger WHERE {condition} LIMIT {CappedCount.Most + 1});",
            new { from = from.ToUnixTimeMilliseconds() });
}
