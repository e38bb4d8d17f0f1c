using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Grants.Codes.Redis;

/// <summary>Authorization codes for migrations.</summary>
internal sealed class RedisAuthorizationCodeTable(RedisDatabase database)
    : RedisIndexedTable(database, Columns, database.Keys.AuthorizationCodes)
{
    private static readonly RedisColumns Columns = new(numbers: ["issued_at", "expires_at", "used_at"], bytes: ["hash"]);

    public override Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        Database.ImportHashesAsync(
            rows, row => (KeyOf(row.Bytes("hash")), Database.Keys.AuthorizationCodes, row.Bytes("hash")), cancellationToken);

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.AuthorizationCode((byte[])member!);
}
