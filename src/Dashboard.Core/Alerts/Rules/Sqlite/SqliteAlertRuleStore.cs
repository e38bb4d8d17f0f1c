using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Alerts.Rules.Sqlite;

internal sealed class SqliteAlertRuleStore(SqliteDatabase database, SqliteAuditStore audits) : IAlertRuleStore
{
    public Task<IReadOnlyList<AlertRule>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AlertRule>>(
    [
        .. database.Query<AlertRuleRow>(
                """
                SELECT id, name, code, counted_by, threshold, minutes, severity, is_enabled, version FROM alert_rules
                ORDER BY name, id;
                """)
            .Select(row => row.ToRule()),
    ]);

    public Task<bool> PutAsync(AlertRule changed, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = AlertRuleRow.Of(changed);
        return audits.ChangeAsync(write => Put(write, row) == 1, audit, cancellationToken);
    }

    public Task<bool> DeleteAsync(string id, AuditEntry audit, CancellationToken cancellationToken) => audits.ChangeAsync(
        write => write.Execute("DELETE FROM alert_rules WHERE id = $id;", ("$id", id)) == 1, audit, cancellationToken);

    private static int Put(SqliteWrite write, AlertRuleRow row) => write.Execute(
        """
        INSERT INTO alert_rules (id, name, code, counted_by, threshold, minutes, severity, is_enabled, version)
        SELECT $id, $name, $code, $counted_by, $threshold, $minutes, $severity, $is_enabled, $version + 1
        WHERE COALESCE((SELECT version FROM alert_rules WHERE id = $id), 0) = $version
        ON CONFLICT (id) DO UPDATE
        SET name = excluded.name, code = excluded.code, counted_by = excluded.counted_by, threshold = excluded.threshold,
            minutes = excluded.minutes, severity = excluded.severity, is_enabled = excluded.is_enabled,
            version = excluded.version;
        """,
        ("$id", row.Id),
        ("$name", row.Name),
        ("$code", row.Code),
        ("$counted_by", row.CountedBy),
        ("$threshold", row.Threshold),
        ("$minutes", row.Minutes),
        ("$severity", row.Severity),
        ("$is_enabled", row.IsEnabled),
        ("$version", row.Version));
}
