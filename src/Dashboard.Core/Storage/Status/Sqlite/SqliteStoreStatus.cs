using Dapper;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Storage.Status.Sqlite;

internal sealed class SqliteStoreStatus(SqliteDatabase database) : IStoreStatus
{
    public Task<StoreStatus> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(database.Read(connection =>
    {
        long Pragma(string name) => connection.ExecuteScalar<long>($"PRAGMA {name};");

        var page = Pragma("page_size");
        List<StoreFact> facts =
        [
            new("engine", "SQLite", connection.ExecuteScalar<string>("SELECT sqlite_version();")!),
            new("database_bytes", "Database file", Text(SizeOf(""))),
            new("log_bytes", "Write-ahead log", Text(SizeOf("-wal"))),
            new("free_bytes", "Free inside the file", Text(page * Pragma("freelist_count"))),
        ];
        return new StoreStatus(
            StorageOptions.Sqlite,
            database.Path,
            (int)Pragma("user_version"),
            SqliteMigrations.Newest,
            SizeOf("") + SizeOf("-wal"),
            Nodes: null,
            facts);
    }));

    private long SizeOf(string part) => new FileInfo(database.Path + part) is { Exists: true } file ? file.Length : 0;

    private static string Text(long bytes) => ByteText.Of(bytes);
}
