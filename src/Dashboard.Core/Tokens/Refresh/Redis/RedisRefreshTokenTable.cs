using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Refresh.Redis;

/// <summary>Refresh tokens for migrations.</summary>
internal sealed class RedisRefreshTokenTable(RedisDatabase database)
    : RedisIndexedTable(database, Columns, database.Keys.RefreshTokens)
{
    private static readonly RedisColumns Columns = new(
        numbers: ["issued_at", "granted_at", "expires_at", "used_at"], bytes: ["hash", "predecessor", "sealed_successor"]);

    public override Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        Database.ImportHashesAsync(
            rows, row => (KeyOf(row.Bytes("hash")), Database.Keys.RefreshTokens, row.Bytes("hash")), cancellationToken);

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.RefreshToken((byte[])member!);
}
