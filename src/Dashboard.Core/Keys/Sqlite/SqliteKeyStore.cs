using Dashboard.Core.Audit;
using Dashboard.Core.Audit.Sqlite;
using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Keys.Sqlite;

internal sealed class SqliteKeyStore(SqliteDatabase database, SqliteAuditStore audits) : IKeyStore
{
    public Task<IReadOnlyList<StoredKey>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredKey>>(
        [
            .. database.Query<Row>(
                """
                SELECT key_id, algorithm, state, public_part, sealed_private_part, created_at, current_since,
                    previous_since, retired_at, revoked_at
                FROM signing_keys;
                """).Select(row => row.ToKey()),
        ]);

    public Task<bool> ApplyAsync(IReadOnlyList<KeyChange> changes, AuditEntry audit, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                if (!KeyChanges.Fit(StatesOf(write), changes))
                {
                    return false;
                }

                // Additions last: only one key may be 'next', and the old one must have moved on.
                foreach (var change in changes.OrderBy(change => change.From is null ? 1 : 0).ThenBy(change => -(int)change.Key.State))
                {
                    Save(write, change);
                }

                audits.Append(write, audit);
                return true;
            },
            cancellationToken);

    private static Dictionary<string, KeyState> StatesOf(SqliteWrite write) => write
        .Query("SELECT key_id, state FROM signing_keys;", row => (KeyId: row.GetString(0), State: row.GetString(1)))
        .ToDictionary(row => row.KeyId, row => Enum.Parse<KeyState>(row.State, ignoreCase: true), StringComparer.Ordinal);

    private static void Save(SqliteWrite write, KeyChange change)
    {
        var key = change.Key;
        write.Execute(
            """
            INSERT INTO signing_keys (key_id, algorithm, state, public_part, sealed_private_part, created_at,
                current_since, previous_since, retired_at, revoked_at)
            VALUES ($key_id, $algorithm, $state, $public_part, $sealed_private_part, $created_at,
                $current_since, $previous_since, $retired_at, $revoked_at)
            ON CONFLICT (key_id) DO UPDATE SET state = excluded.state, current_since = excluded.current_since,
                previous_since = excluded.previous_since, retired_at = excluded.retired_at, revoked_at = excluded.revoked_at;
            """,
            ("$key_id", key.KeyId),
            ("$algorithm", key.Algorithm.ToString()),
            ("$state", Lower(key.State)),
            ("$public_part", key.Material.ExportPublic()),
            ("$sealed_private_part", change.SealedPrivatePart),
            ("$created_at", key.CreatedAt.ToUnixTimeMilliseconds()),
            ("$current_since", key.CurrentSince?.ToUnixTimeMilliseconds()),
            ("$previous_since", key.PreviousSince?.ToUnixTimeMilliseconds()),
            ("$retired_at", key.RetiredAt?.ToUnixTimeMilliseconds()),
            ("$revoked_at", key.RevokedAt?.ToUnixTimeMilliseconds()));
    }

    private static string Lower(KeyState state) => state switch
    {
        KeyState.Next => "next",
        KeyState.Current => "current",
        KeyState.Previous => "previous",
        KeyState.Retired => "retired",
        KeyState.Revoked => "revoked",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    private sealed record Row(
        string KeyId,
        string Algorithm,
        string State,
        byte[] PublicPart,
        byte[] SealedPrivatePart,
        long CreatedAt,
        long? CurrentSince,
        long? PreviousSince,
        long? RetiredAt,
        long? RevokedAt)
    {
        public StoredKey ToKey() => new(
            new KeyRow(
                KeyId,
                Enum.Parse<KeyAlgorithm>(Algorithm),
                Enum.Parse<KeyState>(State, ignoreCase: true),
                PublicPart,
                DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt),
                Time(CurrentSince),
                Time(PreviousSince),
                Time(RetiredAt),
                Time(RevokedAt)),
            SealedPrivatePart);

        private static DateTimeOffset? Time(long? milliseconds) =>
            milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
