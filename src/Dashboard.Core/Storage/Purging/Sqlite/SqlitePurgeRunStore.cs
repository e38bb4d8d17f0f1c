using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Storage.Purging.Sqlite;

internal sealed class SqlitePurgeRunStore(SqliteDatabase database) : IPurgeRunStore
{
    public Task<PurgeRun?> FindLastAsync(CancellationToken cancellationToken) =>
        Task.FromResult(PurgeRun.Read(database.QueryFirst<string>("SELECT run FROM last_purge;")));

    public Task SaveAsync(PurgeRun run, Term term, CancellationToken cancellationToken) =>
        database.WriteAsync(
            term,
            write => write.Execute(
                "INSERT INTO last_purge (id, run) VALUES (1, $run) ON CONFLICT (id) DO UPDATE SET run = $run;",
                ("$run", run.ToJson())),
            cancellationToken);
}
