using Dashboard.Core.Primitives;

namespace Dashboard.Core.Storage.Sqlite;

internal sealed class SqliteStoreHealth(SqliteDatabase database, TimeProvider clock) : IStoreHealth
{
    // Longer than any group of writes takes: a writer that needs more is stuck.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            _ = database.QueryFirst<long>("SELECT COUNT(*) FROM secrets;");

            // Changes no row, but needs the writer's turn and the lock, and fails on a file that can only be read.
            await database
                .WriteAsync(write => write.Execute("UPDATE secrets SET value = value WHERE name = '';"), cancellationToken)
                .WaitAsync(Patience, clock, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is StoreUnavailableException or TimeoutException)
        {
            return false;
        }
    }
}
