using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Refresh.Redis;

/// <summary>Maps a refresh token. Fields have the names of the columns in SQLite; one that is null is not there.</summary>
internal static class RefreshRow
{
    public static readonly RedisValue[] Fields =
    [
        "hash", "token_id", "family", "client", "subject", "scope", "resource", "issued_at", "expires_at", "predecessor", "used_at",
        "granted_at",
    ];

    /// <summary>A new row as names and values in turn.</summary>
    public static IReadOnlyList<RedisValue> Write(StoredRefreshToken token)
    {
        List<RedisValue> fields =
        [
            "hash", token.Hash,
            "token_id", token.TokenId,
            "family", token.Family,
            "client", token.Client,
            "subject", token.Subject,
            "scope", token.Scope,
            "issued_at", token.IssuedAt.ToUnixTimeMilliseconds(),
            "granted_at", token.GrantedAt.ToUnixTimeMilliseconds(),
            "expires_at", token.ExpiresAt.ToUnixTimeMilliseconds(),
        ];
        if (token.Resource is { } resource)
        {
            fields.AddRange(["resource", resource]);
        }

        if (token.Predecessor is { } predecessor)
        {
            fields.AddRange(["predecessor", predecessor]);
        }

        return fields;
    }

    /// <summary>A token from the values of <see cref="Fields"/> and the field of its family; null where there is none.</summary>
    public static StoredRefreshToken? Read(RedisValue[] row, RedisValue familyRevokedAt) => row[0].IsNull ? null : new()
    {
        Hash = row[0]!,
        TokenId = row[1]!,
        Family = row[2]!,
        Client = row[3]!,
        Subject = row[4]!,
        Scope = row[5]!,
        Resource = row[6],
        IssuedAt = Time(row[7])!.Value,
        GrantedAt = Time(row[11]) ?? Time(row[7])!.Value,
        ExpiresAt = Time(row[8])!.Value,
        Predecessor = row[9],
        UsedAt = Time(row[10]),
        FamilyRevokedAt = Time(familyRevokedAt),
    };

    private static DateTimeOffset? Time(RedisValue milliseconds) =>
        milliseconds.IsNull ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds);
}
