using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Audit.Pruning.Sqlite;

internal sealed class SqliteAuditPruningStore(SqliteDatabase database, SqliteAuditStore audit) : IAuditPruningStore
{
    public Task<bool> PruneAsync(AuditPruning pruning, long behind, Term term, CancellationToken cancellationToken) =>
        database.WriteAsync(
            term,
            write =>
            {
                if (write.Scalar<long>("SELECT COALESCE(MAX(number), 0) FROM audit_prunings;") != behind)
                {
                    return false;
                }

                // The file lets go of entries only between this record and the entry that tells of it.
                write.Execute(
                    """
                    INSERT INTO audit_prunings (number, entry, statement)
                    VALUES ($number, (SELECT number FROM audit_head) + 1, $statement);
                    """,
                    ("$number", pruning.Last.Number),
                    ("$statement", pruning.Text));
                write.Execute("DELETE FROM audit WHERE number <= $number;", ("$number", pruning.Last.Number));
                audit.Append(write, pruning.ToEntry());
                return true;
            },
            cancellationToken);

    public Task<IReadOnlyList<PruningRow>> ListAsync(long before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PruningRow>>(
        [
            .. database.Query<Row>(
                "SELECT number, entry, statement FROM audit_prunings WHERE number < @before ORDER BY number DESC LIMIT @limit;",
                new { before, limit }).Select(row => row.ToRow()),
        ]);

    // A column of SQLite holds values of whatever type.
    private sealed class Row
    {
        public long Number { get; set; }

        public object? Entry { get; set; }

        public object? Statement { get; set; }

        public PruningRow ToRow() => new(Number, Statement as string ?? "", Entry as long? ?? 0);
    }
}
