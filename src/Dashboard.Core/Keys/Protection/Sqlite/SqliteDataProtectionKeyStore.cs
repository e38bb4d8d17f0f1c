using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Keys.Protection.Sqlite;

internal sealed class SqliteDataProtectionKeyStore(SqliteDatabase database) : IDataProtectionKeyStore
{
    public IReadOnlyList<string> Read() =>
        database.Query<string>("SELECT xml FROM data_protection_keys ORDER BY name;");

    // Waiting is safe: the writer has a thread of its own, which never waits for anybody.
    public void Add(string name, string xml) =>
        database.WriteAsync(
            write => write.Execute(
                "INSERT INTO data_protection_keys (name, xml) VALUES ($name, $xml) ON CONFLICT (name) DO NOTHING;",
                ("$name", name),
                ("$xml", xml)),
            CancellationToken.None).GetAwaiter().GetResult();
}
