using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Audit.Checkpoints.Sqlite;

internal sealed class SqliteAuditCheckpointStore(SqliteDatabase database) : IAuditCheckpointStore
{
    public Task AddAsync(AuditCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        var row = CheckpointRow.Of(checkpoint);
        return database.WriteAsync(
            write => write.Execute(
                """
                INSERT INTO audit_checkpoints (number, at, taken_by, statement) VALUES ($number, $at, $taken_by, $statement)
                ON CONFLICT DO NOTHING;
                """,
                ("$number", row.Number),
                ("$at", row.At),
                ("$taken_by", row.TakenBy),
                ("$statement", row.Statement)),
            cancellationToken);
    }

    public Task<IReadOnlyList<AuditCheckpoint>> ListAsync(
        long before, int skip, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AuditCheckpoint>>(
        [
            .. database.Query<Row>(
                """
                SELECT number, at, taken_by, statement FROM audit_checkpoints
                WHERE number < @before ORDER BY number DESC LIMIT @limit OFFSET @skip;
                """,
                new { before, skip, limit }).Select(row => row.ToRow().ToCheckpoint()),
        ]);

    // A column of SQLite holds values of whatever type.
    private sealed class Row
    {
        public long Number { get; set; }

        public object? At { get; set; }

        public object? TakenBy { get; set; }

        public object? Statement { get; set; }

        public CheckpointRow ToRow() => new(Number, At as long? ?? 0, TakenBy as string ?? "", Statement as string ?? "");
    }
}
