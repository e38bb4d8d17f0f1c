using Dashboard.Core.Storage.Sqlite;

namespace Dashboard.Core.Keys.Uses.Sqlite;

internal sealed class SqliteKeyUseStore(SqliteDatabase database) : IKeyUseStore
{
    public Task<IReadOnlyDictionary<string, KeyUse>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<string, KeyUse>>(database
            .Query<KeyUseRow>("SELECT key_id, issued, last_signed_at, last_verified_at FROM key_uses;")
            .ToDictionary(row => row.KeyId, row => row.ToUse(), StringComparer.Ordinal));

    public Task AddAsync(IReadOnlyDictionary<string, KeyUse> uses, CancellationToken cancellationToken) => database.WriteAsync(
        write =>
        {
            foreach (var (keyId, use) in uses)
            {
                write.Execute(
                    """
                    INSERT INTO key_uses (key_id, issued, last_signed_at, last_verified_at)
                    VALUES ($key_id, $issued, $signed_at, $verified_at)
                    ON CONFLICT (key_id) DO UPDATE SET issued = issued + excluded.issued,
                        last_signed_at = max(coalesce(last_signed_at, excluded.last_signed_at),
                            coalesce(excluded.last_signed_at, last_signed_at)),
                        last_verified_at = max(coalesce(last_verified_at, excluded.last_verified_at),
                            coalesce(excluded.last_verified_at, last_verified_at));
                    """,
                    ("$key_id", keyId),
                    ("$issued", use.Issued),
                    ("$signed_at", use.LastSignedAt?.ToUnixTimeMilliseconds()),
                    ("$verified_at", use.LastVerifiedAt?.ToUnixTimeMilliseconds()));
            }
        },
        cancellationToken);
}
