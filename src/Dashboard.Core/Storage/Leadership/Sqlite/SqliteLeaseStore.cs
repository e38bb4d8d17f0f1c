using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Storage.Leadership.Sqlite;

internal sealed class SqliteLeaseStore(SqliteDatabase database) : ILeaseStore
{
    public Task<Term?> HoldAsync(string node, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                var held = write.Execute(
                    """
                    INSERT INTO lease (id, node, term, until) VALUES (1, $node, 1, $until)
                    ON CONFLICT (id) DO UPDATE SET
                        term = term + (node IS NOT $node), node = $node, until = $until
                    WHERE node IS $node OR until <= $now;
                    """,
                    ("$node", node),
                    ("$now", now.ToUnixTimeMilliseconds()),
                    ("$until", until.ToUnixTimeMilliseconds()));
                return held == 0 ? (Term?)null : new Term(write.Scalar<long>("SELECT term FROM lease;"));
            },
            cancellationToken);

    public Task<LeaseHolder?> FindAsync(CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<Row>("SELECT node, term, until FROM lease WHERE node IS NOT NULL;") is { } row
            ? new LeaseHolder(row.Node, row.Term, DateTimeOffset.FromUnixTimeMilliseconds(row.Until))
            : null);

    public Task ReleaseAsync(string node, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write => write.Execute("UPDATE lease SET node = NULL, until = 0 WHERE node = $node;", ("$node", node)),
            cancellationToken);

    private sealed record Row(string Node, long Term, long Until);
}
