using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Alerts.Sqlite;

internal sealed class SqliteAlertStore(SqliteDatabase database, SqliteAuditStore audits) : IAlertStore
{
    private const string Select = $"SELECT {SqliteAlertRows.Columns} FROM alerts";

    public Task<AlertRaise> RaiseAsync(AlertDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var fresh = AlertRow.Of(draft, now);
        return database.WriteAsync(write => Raise(write, draft, fresh, now.ToUnixTimeMilliseconds()), cancellationToken);
    }

    public Task<Alert?> ResolveAsync(
        string kind, string key, DateTimeOffset? unlessAfter, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                if (SqliteAlertRows.FindNewest(write, kind, key) is not { State: < 2 } known
                    || known.LastAt > unlessAfter?.ToUnixTimeMilliseconds())
                {
                    return null;
                }

                var over = known with { State = (long)AlertState.Resolved, ResolvedAt = now.ToUnixTimeMilliseconds() };
                SqliteAlertRows.Update(write, over);
                return over.ToAlert();
            },
            cancellationToken);

    public Task<bool> AcknowledgeAsync(
        string id, string who, string reason, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) =>
        audits.ChangeAsync(
            write => write.Execute(
                """
                UPDATE alerts SET state = 1, acknowledged_at = $at, acknowledged_by = $who, acknowledged_why = $why
                WHERE id = $id AND state = 0;
                """,
                ("$id", id),
                ("$at", now.ToUnixTimeMilliseconds()),
                ("$who", who),
                ("$why", reason)) == 1,
            audit,
            cancellationToken);

    public Task MuteAsync(AlertMute mute, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = AlertMuteRow.Of(mute);
        return audits.ChangeAsync(
            write =>
            {
                SqliteAlertRows.Put(write, row);
                write.Execute(
                    "UPDATE alerts SET is_muted = 1 WHERE state < 2 AND kind = $kind AND ($key = '' OR key = $key);",
                    ("$kind", row.Kind),
                    ("$key", row.Key));
                return true;
            },
            audit,
            cancellationToken);
    }

    public Task<bool> UnmuteAsync(
        string kind, string? key, DateTimeOffset now, AuditEntry audit, CancellationToken cancellationToken) => audits.ChangeAsync(
        write =>
        {
            var isGone = write.Execute(
                "DELETE FROM alert_mutes WHERE kind = $kind AND key = $key;", ("$kind", kind), ("$key", key ?? "")) == 1;
            if (isGone)
            {
                OpenAgain(write, now.ToUnixTimeMilliseconds());
            }

            return isGone;
        },
        audit,
        cancellationToken);

    public Task<int> EndMutesAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = now.ToUnixTimeMilliseconds();
        return database.QueryFirst<long>("SELECT EXISTS (SELECT 1 FROM alert_mutes WHERE until <= @at);", new { at }) == 0
            ? Task.FromResult(0)
            : database.WriteAsync(
                write =>
                {
                    var gone = write.Execute("DELETE FROM alert_mutes WHERE until <= $now;", ("$now", at));
                    OpenAgain(write, at);
                    return gone;
                },
                cancellationToken);
    }

    public Task<IReadOnlyList<AlertMute>> ReadMutesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AlertMute>>(
        [
            .. database.Query<AlertMuteRow>(
                    "SELECT kind, key, until, reason, muted_by, muted_at FROM alert_mutes ORDER BY until, kind, key;")
                .Select(row => row.ToMute()),
        ]);

    public Task<Page<Alert>> ListAsync(AlertFilter filter, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var after = AlertCursor.Parse(cursor);
        var rows = database.Query<AlertRow>(
            $"""
            {Select}
            WHERE (@state IS NULL OR state = @state) AND (@kind IS NULL OR kind = @kind)
                AND (state > @afterState OR (state = @afterState AND number < @before))
            ORDER BY state, number DESC LIMIT @limit;
            """,
            new
            {
                state = (long?)filter.State,
                kind = filter.Kind,
                afterState = after.State,
                before = after.Number,
                limit = limit + 1,
            });
        var total = CappedCount.Of(database.QueryFirst<long>(
            """
            SELECT COUNT(*) FROM (SELECT 1 FROM alerts
                WHERE (@state IS NULL OR state = @state) AND (@kind IS NULL OR kind = @kind) LIMIT @most);
            """,
            new { state = (long?)filter.State, kind = filter.Kind, most = CappedCount.Most + 1 }));
        return Task.FromResult(new Page<Alert>(
            [.. rows.Take(limit).Select(row => row.ToAlert())],
            rows.Count > limit ? new AlertCursor(rows[limit - 1].State, rows[limit - 1].Number).ToString() : null,
            total.Value,
            total.IsCapped));
    }

    public Task<Alert?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<AlertRow>($"{Select} WHERE id = @id;", new { id })?.ToAlert());

    public Task<int> CountOpenAsync(CancellationToken cancellationToken) => Task.FromResult(
        (int)database.QueryFirst<long>("SELECT COUNT(*) FROM alerts WHERE state = 0 AND is_muted = 0;"));

    public Task<IReadOnlyList<Alert>> ReadUnresolvedAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync($"{Select} WHERE state < 2 ORDER BY state, number DESC LIMIT @limit;", new { limit });

    public Task<IReadOnlyList<Alert>> ReadOpenedAfterAsync(long number, int limit, CancellationToken cancellationToken) =>
        ReadAsync($"{Select} WHERE number > @number AND is_muted = 0 ORDER BY number LIMIT @limit;", new { number, limit });

    public Task<long> ReadNewestNumberAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<long>("SELECT COALESCE(MAX(number), 0) FROM alerts;"));

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) => database.PurgeAsync(
        """
        DELETE FROM alerts WHERE id IN (SELECT id FROM alerts
            WHERE resolved_at IS NOT NULL AND resolved_at < $before AND number < (SELECT MAX(number) FROM alerts)
            ORDER BY resolved_at LIMIT $limit);
        """,
        before,
        limit,
        term,
        cancellationToken);

    private static AlertRaise Raise(SqliteWrite write, AlertDraft draft, AlertRow fresh, long now)
    {
        var known = SqliteAlertRows.FindNewest(write, draft.Kind, draft.Key);
        if (draft.IsOnce && known?.LastAt >= fresh.LastAt)
        {
            return new AlertRaise(AlertRaiseOutcome.Unchanged, known.ToAlert());
        }

        if (known is { State: < 2 })
        {
            var again = known.With(fresh, draft.Times);
            SqliteAlertRows.Update(write, again);
            return new AlertRaise(
                again with { LastAt = known.LastAt } == known ? AlertRaiseOutcome.Unchanged : AlertRaiseOutcome.Changed,
                again.ToAlert());
        }

        var opened = fresh with
        {
            Number = SqliteAlertRows.NextNumber(write),
            IsMuted = SqliteAlertRows.IsMuted(write, fresh.Kind, fresh.Key, now) ? 1 : 0,
        };
        SqliteAlertRows.Insert(write, opened);
        return new AlertRaise(AlertRaiseOutcome.Opened, opened.ToAlert());
    }

    // Those that no mute covers any more. One that somebody has taken on is not announced a second time.
    private static void OpenAgain(SqliteWrite write, long now)
    {
        foreach (var row in SqliteAlertRows.ReadMuted(write).Where(row => !SqliteAlertRows.IsMuted(write, row.Kind, row.Key, now)))
        {
            SqliteAlertRows.Update(
                write, row with { IsMuted = 0, Number = row.State == 0 ? SqliteAlertRows.NextNumber(write) : row.Number });
        }
    }

    private Task<IReadOnlyList<Alert>> ReadAsync(string sql, object parameters) => Task.FromResult<IReadOnlyList<Alert>>(
        [.. database.Query<AlertRow>(sql, parameters).Select(row => row.ToAlert())]);
}
