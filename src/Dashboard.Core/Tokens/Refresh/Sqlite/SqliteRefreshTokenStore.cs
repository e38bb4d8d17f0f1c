using Dashboard.Core.Primitives;
using Dashboard.Core.Storage.Sqlite;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Ledger.Sqlite;

namespace Dashboard.Core.Tokens.Refresh.Sqlite;

internal sealed class SqliteRefreshTokenStore(SqliteDatabase database) : IRefreshTokenStore
{
    public Task<StoredRefreshToken?> FindAsync(byte[] hash, CancellationToken cancellationToken) => Task.FromResult(
        database.QueryFirst<Row>(
            """
            SELECT hash, token_id, family, client, subject, scope, resource, issued_at, COALESCE(granted_at, issued_at) AS granted_at,
                refresh_tokens.expires_at, predecessor, used_at, revoked_at
            FROM refresh_tokens LEFT JOIN refresh_families USING (family) WHERE hash = @hash;
            """,
            new { hash })?.ToToken());

    public Task<bool> StartAsync(
        StoredRefreshToken first, IReadOnlyList<LedgerEntry> rows, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                var begins = write.Execute(
                    """
                    INSERT INTO refresh_families (family, expires_at) VALUES ($family, $expires_at)
                    ON CONFLICT (family) DO NOTHING;
                    """,
                    ("$family", first.Family),
                    ("$expires_at", first.ExpiresAt.ToUnixTimeMilliseconds())) == 1;
                if (begins)
                {
                    Insert(write, first, rows);
                }

                return begins;
            },
            cancellationToken);

    public Task<RefreshUse> UseAsync(RefreshRotation rotation, CancellationToken cancellationToken) =>
        database.WriteAsync(write => Use(write, rotation), cancellationToken);

    public Task<DateTimeOffset> RevokeFamilyAsync(
        string family, DateTimeOffset at, DateTimeOffset expiresAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            write =>
            {
                write.Execute(
                    """
                    INSERT INTO refresh_families (family, expires_at, revoked_at) VALUES ($family, $expires_at, $at)
                    ON CONFLICT (family) DO UPDATE SET revoked_at = COALESCE(revoked_at, $at);
                    """,
                    ("$family", family),
                    ("$expires_at", expiresAt.ToUnixTimeMilliseconds()),
                    ("$at", at.ToUnixTimeMilliseconds()));
                return DateTimeOffset.FromUnixTimeMilliseconds(write.Scalar<long>(
                    "SELECT expires_at FROM refresh_families WHERE family = $family;", ("$family", family)));
            },
            cancellationToken);

    public Task<int> PurgeAsync(DateTimeOffset expiredBefore, int limit, Term term, CancellationToken cancellationToken) =>
        database.WriteAsync(
            term,
            write => Purge(
                    write,
                    """
                    DELETE FROM refresh_tokens WHERE hash IN (
                        SELECT hash FROM refresh_tokens WHERE expires_at < $before ORDER BY expires_at LIMIT $limit);
                    """,
                    expiredBefore,
                    limit)
                + Purge(
                    write,
                    """
                    DELETE FROM refresh_families WHERE family IN (
                        SELECT family FROM refresh_families WHERE expires_at < $before ORDER BY expires_at LIMIT $limit);
                    """,
                    expiredBefore,
                    limit),
            cancellationToken);

    private static int Purge(SqliteWrite write, string sql, DateTimeOffset before, int limit) =>
        write.Execute(sql, ("$before", before.ToUnixTimeMilliseconds()), ("$limit", limit));

    private static RefreshUse Use(SqliteWrite write, RefreshRotation rotation)
    {
        var now = rotation.Now.ToUnixTimeMilliseconds();
        var token = rotation.Token;
        var used = write.Execute(
            """
            UPDATE refresh_tokens SET used_at = $now, sealed_successor = $sealed
            WHERE hash = $hash AND used_at IS NULL
                AND EXISTS (SELECT 1 FROM refresh_families WHERE family = $family AND revoked_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM ledger WHERE token_id = $token_id AND revoked_at IS NOT NULL);
            """,
            ("$now", now),
            ("$sealed", rotation.SealedSuccessor),
            ("$hash", token.Hash),
            ("$family", token.Family),
            ("$token_id", token.TokenId)) == 1;
        if (used)
        {
            // Its client has it: what came before is not to be given again.
            write.Execute(
                "UPDATE refresh_tokens SET sealed_successor = NULL WHERE hash = $predecessor;", ("$predecessor", token.Predecessor));
            SqliteTokenLedger.End(write, token.TokenId, rotation.Now);
            Insert(write, rotation.Successor, rotation.Rows);
            return new RefreshUse.Used();
        }

        var earlier = write.Query(
            """
            SELECT used_at, sealed_successor, revoked_at FROM refresh_tokens JOIN refresh_families USING (family)
            WHERE hash = $hash;
            """,
            row => (
                UsedAt: row.IsDBNull(0) ? (long?)null : row.GetInt64(0),
                Sealed: row.IsDBNull(1) ? null : (byte[])row.GetValue(1),
                IsRevoked: !row.IsDBNull(2)),
            ("$hash", token.Hash));
        if (earlier is not [var found])
        {
            return new RefreshUse.Unknown();
        }

        // Unused and yet of no use: it is revoked itself.
        if (found.IsRevoked || found.UsedAt is null)
        {
            return new RefreshUse.Revoked();
        }

        if (found.Sealed is { } sealedSuccessor && now - found.UsedAt < rotation.Grace.TotalMilliseconds)
        {
            return new RefreshUse.UsedJustNow(sealedSuccessor);
        }

        write.Execute(
            "UPDATE refresh_families SET revoked_at = $now WHERE family = $family;", ("$now", now), ("$family", token.Family));
        return new RefreshUse.Replayed();
    }

    private static void Insert(SqliteWrite write, StoredRefreshToken token, IReadOnlyList<LedgerEntry> rows)
    {
        write.Execute(
            """
            INSERT INTO refresh_tokens (hash, token_id, family, client, subject, scope, resource, issued_at, granted_at, expires_at,
                predecessor)
            VALUES ($hash, $token_id, $family, $client, $subject, $scope, $resource, $issued_at, $granted_at, $expires_at,
                $predecessor);
            """,
            ("$hash", token.Hash),
            ("$token_id", token.TokenId),
            ("$family", token.Family),
            ("$client", token.Client),
            ("$subject", token.Subject),
            ("$scope", token.Scope),
            ("$resource", token.Resource),
            ("$issued_at", token.IssuedAt.ToUnixTimeMilliseconds()),
            ("$granted_at", token.GrantedAt.ToUnixTimeMilliseconds()),
            ("$expires_at", token.ExpiresAt.ToUnixTimeMilliseconds()),
            ("$predecessor", token.Predecessor));
        foreach (var row in rows)
        {
            SqliteTokenLedger.Insert(write, row);
        }
    }

    private sealed record Row(
        byte[] Hash,
        string TokenId,
        string Family,
        string Client,
        string Subject,
        string Scope,
        string? Resource,
        long IssuedAt,
        long GrantedAt,
        long ExpiresAt,
        byte[]? Predecessor,
        long? UsedAt,
        long? RevokedAt)
    {
        public StoredRefreshToken ToToken() => new()
        {
            Hash = Hash,
            TokenId = TokenId,
            Family = Family,
            Client = Client,
            Subject = Subject,
            Scope = Scope,
            Resource = Resource,
            IssuedAt = DateTimeOffset.FromUnixTimeMilliseconds(IssuedAt),
            GrantedAt = DateTimeOffset.FromUnixTimeMilliseconds(GrantedAt),
            ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(ExpiresAt),
            Predecessor = Predecessor,
            UsedAt = Time(UsedAt),
            FamilyRevokedAt = Time(RevokedAt),
        };

        private static DateTimeOffset? Time(long? milliseconds) =>
            milliseconds is { } value ? DateTimeOffset.FromUnixTimeMilliseconds(value) : null;
    }
}
