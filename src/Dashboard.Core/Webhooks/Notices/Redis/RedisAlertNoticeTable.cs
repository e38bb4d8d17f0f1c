using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Redis;

namespace Dashboard.Core.Webhooks.Notices.Redis;

/// <summary>Up to which alert webhooks were told, for migrations: one row, or none.</summary>
internal sealed class RedisAlertNoticeTable(RedisDatabase database) : IStoreTable
{
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(null, 1, cancellationToken)).Rows.Count;

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var number = await database.RunAsync(redis => redis.StringGetAsync(database.Keys.AlertNotices), cancellationToken);
        return new TablePage(number.IsNull ? [] : [new StoreRow([("id", 1L), ("number", (long)number)])], null);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => database.RunAsync(
        redis => redis.StringSetAsync(database.Keys.AlertNotices, rows[0].Number("number")), cancellationToken);
}
