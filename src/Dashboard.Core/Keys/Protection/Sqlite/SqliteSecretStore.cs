using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Keys.Protection.Sqlite;

internal sealed class SqliteSecretStore(SqliteDatabase database) : ISecretStore
{
    public Task<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.QueryFirst<long>("SELECT EXISTS (SELECT 1 FROM secrets);") == 0);

    public Task<byte[]> GetOrAddAsync(string name, byte[] sealedValue, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                write.Execute(
                    "INSERT INTO secrets (name, value) VALUES ($name, $value) ON CONFLICT (name) DO NOTHING;",
                    ("$name", name),
                    ("$value", sealedValue));
                return write.Scalar<byte[]>("SELECT value FROM secrets WHERE name = $name;", ("$name", name))!;
            },
            cancellationToken);
}
