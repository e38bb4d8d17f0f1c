using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Tokens.Refresh.Redis;

/// <summary>Families of refresh tokens for migrations.</summary>
internal sealed class RedisRefreshFamilyTable(RedisDatabase database)
    : RedisIndexedTable(database, Columns, database.Keys.RefreshFamilies)
{
    private static readonly RedisColumns Columns = new(numbers: ["expires_at", "revoked_at"]);

    public override Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) =>
        Database.ImportHashesAsync(
            rows, row => (KeyOf(row.Text("family")), Database.Keys.RefreshFamilies, row.Text("family")), cancellationToken);

    protected override RedisKey KeyOf(RedisValue member) => Database.Keys.RefreshFamily(member!);
}
