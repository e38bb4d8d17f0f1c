using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Keys.Sqlite;

internal sealed class SqliteKeyStore(SqliteDatabase database, SqliteAuditStore audits) : IKeyStore
{
    public Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredKey>>(
        [
            .. database.Query<StoredKeyRow>(
                """
                SELECT key_id, algorithm, state, public_part, sealed_private_part, created_at, current_since,
                    previous_since, retired_at, revoked_at, shared_at, is_imported, issuer
                FROM signing_keys;
                """).Select(row => row.ToKey()),
        ]);

    public Task<bool> ApplyAsync(IReadOnlyList<KeyChange> changes, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                if (!KeyChanges.Fit(RowsOf(write), changes))
                {
                    return false;
                }

                KeyChanges.DemandSameMasterKey(
                    write.Scalar<byte[]>("SELECT sealed_private_part FROM signing_keys LIMIT 1;"), changes);

                // Additions last: only one key may be 'next', and the old one must have moved on.
                foreach (var change in changes.OrderBy(change => change.From is null ? 1 : 0).ThenBy(change => -(int)change.Key.State))
                {
                    Save(write, change);
                }

                audits.Append(write, audit);
                return true;
            },
            cancellationToken);

    // What a change has to fit; the sealed parts are not read for it.
    private static Dictionary<string, StoredKeyRow> RowsOf(SqliteWrite write) => write
        .Query(
            "SELECT key_id, algorithm, state, public_part, created_at FROM signing_keys;",
            row => new StoredKeyRow(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<byte[]>(3), [], row.GetInt64(4), null, null, null, null, null, 0))
        .ToDictionary(row => row.KeyId, StringComparer.Ordinal);

    private static void Save(SqliteWrite write, KeyChange change)
    {
        var row = StoredKeyRow.Of(change);
        write.Execute(
            """
            INSERT INTO signing_keys (key_id, algorithm, state, public_part, sealed_private_part, created_at,
                current_since, previous_since, retired_at, revoked_at, shared_at, is_imported, issuer)
            VALUES ($key_id, $algorithm, $state, $public_part, $sealed_private_part, $created_at,
                $current_since, $previous_since, $retired_at, $revoked_at, $shared_at, $is_imported, $issuer)
            ON CONFLICT (key_id) DO UPDATE SET state = excluded.state, current_since = excluded.current_since,
                previous_since = excluded.previous_since, retired_at = excluded.retired_at, revoked_at = excluded.revoked_at,
                issuer = COALESCE(excluded.issuer, issuer);
            """,
            ("$key_id", row.KeyId),
            ("$algorithm", row.Algorithm),
            ("$state", row.State),
            ("$public_part", row.PublicPart),
            ("$sealed_private_part", row.SealedPrivatePart),
            ("$created_at", row.CreatedAt),
            ("$current_since", row.CurrentSince),
            ("$previous_since", row.PreviousSince),
            ("$retired_at", row.RetiredAt),
            ("$revoked_at", row.RevokedAt),
            ("$shared_at", row.SharedAt),
            ("$is_imported", row.IsImported),
            ("$issuer", row.Issuer));
    }
}
