using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Sharing.Sqlite;

internal sealed class SqliteReportShareStore(SqliteDatabase database, SqliteAuditStore audits) : IReportShareStore
{
    private const string Facts = "id, hash, source, reference, code, created_by, created_at, expires_at";

    public Task<bool> AddAsync(ReportShare added, int most, AuditEntry audit, CancellationToken cancellationToken)
    {
        var row = ReportShareRow.Of(added);
        return database.WriteAsync(
            write =>
            {
                var isAdded = write.Execute(
                    """
                    INSERT INTO report_shares (id, hash, source, reference, code, created_by, created_at, expires_at, report)
                    SELECT $id, $hash, $source, $reference, $code, $created_by, $created_at, $expires_at, $report
                    WHERE (SELECT count(*) FROM report_shares WHERE created_by = $created_by AND expires_at > $created_at) < $most;
                    """,
                    ("$id", row.Id),
                    ("$hash", row.Hash),
                    ("$source", row.Source),
                    ("$reference", row.Reference),
                    ("$code", row.Code),
                    ("$created_by", row.CreatedBy),
                    ("$created_at", row.CreatedAt),
                    ("$expires_at", row.ExpiresAt),
                    ("$report", added.Report),
                    ("$most", most)) == 1;
                if (isAdded)
                {
                    audits.Append(write, audit);
                }

                return isAdded;
            },
            cancellationToken);
    }

    public Task<ReportShare?> FindAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var named = new { id = ReportShare.IdOf(hash), hash };
        var row = database.QueryFirst<ReportShareRow>($"SELECT {Facts} FROM report_shares WHERE id = @id AND hash = @hash;", named);

        // Ended between the two: there is none any more.
        return Task.FromResult(
            row is not null && database.QueryFirst<string>("SELECT report FROM report_shares WHERE id = @id;", named) is { } report
                ? row.ToShare(report)
                : null);
    }

    public Task<ReportShare?> FindByIdAsync(string id, CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<ReportShareRow>($"SELECT {Facts} FROM report_shares WHERE id = @id;", new { id })?.ToShare());

    public Task<IReadOnlyList<ReportShare>> ReadOpenAsync(
        string? createdBy, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ReportShare>>(
        [
            .. database.Query<ReportShareRow>(
                $"""
                SELECT {Facts} FROM report_shares
                WHERE expires_at > @now AND (@createdBy IS NULL OR created_by = @createdBy)
                ORDER BY created_at DESC, id LIMIT @limit;
                """,
                new { now = now.ToUnixTimeMilliseconds(), createdBy, limit }).Select(row => row.ToShare()),
        ]);

    public Task<bool> EndAsync(string id, AuditEntry audit, CancellationToken cancellationToken) => database.WriteAsync(
        write =>
        {
            var isEnded = write.Execute("DELETE FROM report_shares WHERE id = $id;", ("$id", id)) == 1;
            if (isEnded)
            {
                audits.Append(write, audit);
            }

            return isEnded;
        },
        cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset before, int limit, Term term, CancellationToken cancellationToken) =>
        database.PurgeAsync(
            """
            DELETE FROM report_shares WHERE id IN (
                SELECT id FROM report_shares WHERE expires_at < $before ORDER BY expires_at LIMIT $limit);
            """,
            before,
            limit,
            term,
            cancellationToken);
}
