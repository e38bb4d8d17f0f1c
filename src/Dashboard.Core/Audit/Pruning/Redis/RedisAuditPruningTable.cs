using System.Globalization;
using Dashboard.Core.Storage.Migration;
using Dashboard.Core.Storage.Migration.Redis;
using Dashboard.Core.Storage.Redis;
using StackExchange.Redis;

namespace Dashboard.Core.Audit.Pruning.Redis;

/// <summary>Records of prunings for migrations, by number.</summary>
internal sealed class RedisAuditPruningTable(RedisDatabase database, RedisAuditPruningStore store) : IStoreTable
{
    private static readonly RedisJsonColumns Columns = new();

    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        database.RunAsync(redis => redis.SortedSetLengthAsync(database.Keys.AuditPrunings), cancellationToken);

    public async Task<TablePage> ReadAsync(string? after, int limit, CancellationToken cancellationToken)
    {
        var last = after is null ? 0 : long.Parse(after, CultureInfo.InvariantCulture);
        var found = await database.RunAsync(
            redis => redis.SortedSetRangeByScoreWithScoresAsync(
                database.Keys.AuditPrunings, start: last, exclude: Exclude.Start, take: limit),
            cancellationToken);
        return new TablePage(
            [.. found.Select(row => Columns.Read(row.Element!))],
            found.Length == limit ? ((long)found[^1].Score).ToString(CultureInfo.InvariantCulture) : null);
    }

    public Task ImportAsync(IReadOnlyList<StoreRow> rows, CancellationToken cancellationToken) => Task.WhenAll(
        rows.Select(row => store.ImportAsync(RedisJson.Read<PruningRow>(Columns.Write(row)), cancellationToken)));
}
