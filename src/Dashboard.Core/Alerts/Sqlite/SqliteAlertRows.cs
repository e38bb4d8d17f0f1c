using Dashboard.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Alerts.Sqlite;

/// <summary>Single rows of alerts and mutes within a unit of work.</summary>
internal static class SqliteAlertRows
{
    public const string Columns =
        "id, number, kind, key, severity, title, detail, href, opened_at, last_at, count, state, is_muted, acknowledged_at, "
        + "acknowledged_by, acknowledged_why, resolved_at";

    /// <summary>The newest of a kind and key, over or not.</summary>
    public static AlertRow? FindNewest(SqliteWrite write, string kind, string key) => write.Query(
        $"SELECT {Columns} FROM alerts WHERE kind = $kind AND key = $key ORDER BY number DESC LIMIT 1;",
        Read,
        ("$kind", kind),
        ("$key", key)) is [var newest] ? newest : null;

    public static List<AlertRow> ReadMuted(SqliteWrite write) =>
        write.Query($"SELECT {Columns} FROM alerts WHERE state < 2 AND is_muted = 1 ORDER BY number;", Read);

    public static long NextNumber(SqliteWrite write) => write.Scalar<long>("SELECT COALESCE(MAX(number), 0) + 1 FROM alerts;");

    public static bool IsMuted(SqliteWrite write, string kind, string key, long now) => write.Scalar<long>(
        "SELECT EXISTS (SELECT 1 FROM alert_mutes WHERE kind = $kind AND key IN ('', $key) AND until > $now);",
        ("$kind", kind),
        ("$key", key),
        ("$now", now)) == 1;

    public static void Insert(SqliteWrite write, AlertRow row) => write.Execute(
        $"""
        INSERT INTO alerts ({Columns})
        VALUES ($id, $number, $kind, $key, $severity, $title, $detail, $href, $opened_at, $last_at, $count, $state, $is_muted,
            $acknowledged_at, $acknowledged_by, $acknowledged_why, $resolved_at);
        """,
        ("$id", row.Id),
        ("$number", row.Number),
        ("$kind", row.Kind),
        ("$key", row.Key),
        ("$severity", row.Severity),
        ("$title", row.Title),
        ("$detail", row.Detail),
        ("$href", row.Href),
        ("$opened_at", row.OpenedAt),
        ("$last_at", row.LastAt),
        ("$count", row.Count),
        ("$state", row.State),
        ("$is_muted", row.IsMuted),
        ("$acknowledged_at", row.AcknowledgedAt),
        ("$acknowledged_by", row.AcknowledgedBy),
        ("$acknowledged_why", row.AcknowledgedWhy),
        ("$resolved_at", row.ResolvedAt));

    /// <summary>What can change of one without a person.</summary>
    public static void Update(SqliteWrite write, AlertRow row) => write.Execute(
        """
        UPDATE alerts
        SET number = $number, severity = $severity, title = $title, detail = $detail, href = $href, last_at = $last_at,
            count = $count, state = $state, is_muted = $is_muted, resolved_at = $resolved_at
        WHERE id = $id;
        """,
        ("$id", row.Id),
        ("$number", row.Number),
        ("$severity", row.Severity),
        ("$title", row.Title),
        ("$detail", row.Detail),
        ("$href", row.Href),
        ("$last_at", row.LastAt),
        ("$count", row.Count),
        ("$state", row.State),
        ("$is_muted", row.IsMuted),
        ("$resolved_at", row.ResolvedAt));

    public static void Put(SqliteWrite write, AlertMuteRow row) => write.Execute(
        """
        INSERT INTO alert_mutes (kind, key, until, reason, muted_by, muted_at)
        VALUES ($kind, $key, $until, $reason, $muted_by, $muted_at)
        ON CONFLICT (kind, key) DO UPDATE
        SET until = excluded.until, reason = excluded.reason, muted_by = excluded.muted_by, muted_at = excluded.muted_at;
        """,
        ("$kind", row.Kind),
        ("$key", row.Key),
        ("$until", row.Until),
        ("$reason", row.Reason),
        ("$muted_by", row.MutedBy),
        ("$muted_at", row.MutedAt));

    private static AlertRow Read(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetInt64(1),
        row.GetString(2),
        row.GetString(3),
        row.GetInt64(4),
        row.GetString(5),
        row.GetString(6),
        row.GetString(7),
        row.GetInt64(8),
        row.GetInt64(9),
        row.GetInt64(10),
        row.GetInt64(11),
        row.GetInt64(12),
        row.IsDBNull(13) ? null : row.GetInt64(13),
        row.IsDBNull(14) ? null : row.GetString(14),
        row.IsDBNull(15) ? null : row.GetString(15),
        row.IsDBNull(16) ? null : row.GetInt64(16));
}
