using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Storage.Migration.Sqlite;

/// <summary>The SQLite file as one side of a migration. No server works on it meanwhile: each keeps all others off.</summary>
internal sealed class SqliteEnd(SqliteDatabase database) : IStoreEnd
{
    public string Kind => StorageOptions.Sqlite;

    public string Place => database.Path;

    public Task<bool> OpenAsync(StoreUse use, CancellationToken cancellationToken)
    {
        if (use is not StoreUse.Target && !File.Exists(database.Path))
        {
            return Task.FromResult(false);
        }

        if (use is StoreUse.Look)
        {
            database.OpenToLook();
        }
        else
        {
            database.Open();
        }

        return Task.FromResult(true);
    }

    public Task<IReadOnlyDictionary<string, string>> ReadFactsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, string>>(database
            .Query<(string Name, string Value)>("SELECT name, value FROM store;")
            .ToDictionary(fact => fact.Name, fact => fact.Value, StringComparer.Ordinal));

    public Task<IStoreSnapshot> BeginSnapshotAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IStoreSnapshot>(new SqliteSnapshot(database.OpenSnapshot()));

    public Task WriteFactsAsync(IReadOnlyDictionary<string, string?> facts, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                foreach (var (name, value) in facts)
                {
                    write.Execute("DELETE FROM store WHERE name = $name;", ("$name", name));
                    if (value is not null)
                    {
                        write.Execute("INSERT INTO store (name, value) VALUES ($name, $value);", ("$name", name), ("$value", value));
                    }
                }
            },
            cancellationToken);

    public Task<string?> ClearAsync(bool keepsOld, CancellationToken cancellationToken) => database.StartAnewAsync(keepsOld);

    public Task<long> CountNodesAsync(CancellationToken cancellationToken) => Task.FromResult(0L);
}
