using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Keys.Protection.Reencryption.Sqlite;

internal sealed class SqliteReencryptionStore(SqliteDatabase database, SqliteAuditStore audits) : IReencryptionStore
{
    private const string Everything = """
        SELECT 0, name, '', value FROM secrets
        UNION ALL
        SELECT 1, key_id, algorithm, sealed_private_part FROM signing_keys;
        """;

    public Task<IReadOnlyList<SealedValue>> ReadAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(ReadAll, cancellationToken);

    public Task<bool> ReplaceAsync(
        IReadOnlyList<SealedValue> before, IReadOnlyList<SealedValue> after, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                if (!SealedValue.AreSame(ReadAll(write), before))
                {
                    return false;
                }

                foreach (var value in after)
                {
                    write.Execute(
                        value.IsSigningKey
                            ? "UPDATE signing_keys SET sealed_private_part = $value WHERE key_id = $name;"
                            : "UPDATE secrets SET value = $value WHERE name = $name;",
                        ("$value", value.Value),
                        ("$name", value.Name));
                }

                audits.Append(write, audit);
                return true;
            },
            cancellationToken);

    private static IReadOnlyList<SealedValue> ReadAll(SqliteWrite write) =>
    [
        .. write.Query(
            Everything,
            row => row.GetInt64(0) == 1
                ? new SealedValue(true, row.GetString(1), SealedPurposes.OfKey(row.GetString(1), row.GetString(2)), row.GetFieldValue<byte[]>(3))
                : new SealedValue(false, row.GetString(1), row.GetString(1), row.GetFieldValue<byte[]>(3))),
    ];
}
