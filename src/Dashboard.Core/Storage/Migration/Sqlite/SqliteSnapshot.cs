using Dashboard.Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Dashboard.Core.Storage.Migration.Sqlite;

/// <summary>One read transaction: writers go on beside it, and it does not see what they write.</summary>
internal sealed class SqliteSnapshot(SqliteConnection connection) : IStoreSnapshot
{
    private readonly Lock _gate = new();

    public bool IsOfOneMoment => true;

    public IStoreTable TableOf(StoreTable table) => ((SqliteTable)table.Sqlite).In(this);

    /// <summary>Runs one read.</summary>
    /// <exception cref="Primitives.StoreUnavailableException">The file could not be read.</exception>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        lock (_gate)
        {
            return SqliteDatabase.Guard(() => read(connection));
        }
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
